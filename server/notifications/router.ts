import { router, staffProcedure } from '#server/procedures/init.ts'
import { readNotifications } from './commands/read-notifications.ts'
import { notificationPage, unreadCount } from './queries/notifications.ts'
import { notificationPageInput, readInput } from './rules/schemas.ts'

const own = staffProcedure('session.own')

/** The notifications of the account. */
export const notificationsRouter = router({
  page: own.input(notificationPageInput).query(({ ctx, input }) => notificationPage(ctx, input)),
  unread: own.query(({ ctx }) => unreadCount(ctx)),
  read: own.input(readInput).mutation(({ ctx, input }) => readNotifications(ctx, input)),
})
