import type { BuiltAccount } from '#db/factories/accounts.ts'
import type { SaveMailing } from '../rules/mailing.ts'

/** A new weekly report by mail, on Mondays at half past seven. */
export const weeklyMailing = (recipients: readonly BuiltAccount[], more: Partial<SaveMailing> = {}): SaveMailing => ({
  id: null,
  version: 0,
  name: 'Báo cáo tuần cho lãnh đạo',
  edition: 'weekly',
  day: 1,
  minute: 450,
  onWorkingDays: true,
  skipsEmpty: false,
  locale: 'vi',
  attachments: [],
  recipientIds: recipients.map(({ id }) => id),
  isActive: true,
  ...more,
})
