import { sql } from 'drizzle-orm'
import { createTranslator } from 'next-intl'
import { reports, riskActions } from '#db/schema/index.ts'
import { messagesOf } from '#messages/catalog.ts'
import { type Locale, timeZone } from '#messages/locales.ts'
import type { Context } from '#server/accounts/context.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { environment } from '#server/platform/environment.ts'
import { log } from '#server/platform/log.ts'
import { type Letter, type MailSettings, mailFailureOf, openPost, wasNotTaken } from '#server/platform/mail.ts'
import { isAllowedAddress } from '#server/platform/rules/mail-domain.ts'
import { namedTo } from '../queries/notifications.ts'
import { addressOfRisk, type NotificationKind, notificationKinds } from '../rules/kinds.ts'
import type { OwnedRisk } from '../rules/risks.ts'
import { isWatchedEvent, watchedNameOf } from '../rules/watched-events.ts'

type Mail = { mail: MailSettings | undefined; appUrl?: URL | undefined }
type Told = {
  id: number
  kind: NotificationKind
  event: string | null
  code: string | null
  title: string | null
  /** Where it is about a risk, and no single report. */
  risk: {
    kind: OwnedRisk
    count: number
    agencyId: string
    href: string
    topic: string
    topicEn: string
    area: string | null
  } | null
}
type Reader = { accountId: string; name: string; email: string; locale: Locale | null; told: Told[] }

/** The maximum number of lines of one kind in a letter; the rest is given as a number. */
const mostLines = 20

/**
 * Sends one letter to each account that chose mail, with its unread notifications. They are marked as mailed before the
 * letter is passed to the mail server: a crash in between loses the letter, but its contents are still under the bell.
 * Only a letter that the server certainly did not accept is retried, so that no one gets it twice.
 */
export async function mailNotifications(
  ctx: Context,
  { mail, appUrl }: Mail = { mail: environment().mail, appUrl: environment().appUrl },
): Promise<number> {
  if (!mail) return 0
  const readers = (await readersWaiting(ctx)).filter(({ email }) => isAllowedAddress(email, mail.domains))
  if (readers.length === 0) return 0
  const post = openPost(mail)
  let sent = 0
  try {
    for (const reader of readers) {
      const mine = await leftIn(ctx, reader.accountId, await claim(ctx, reader.told))
      if (mine.length === 0) continue
      try {
        await post.send(letterTo({ ...reader, told: mine }, appUrl))
        sent += 1
      } catch (error) {
        log.error({ err: error, accountId: reader.accountId }, 'a letter of notifications did not go')
        if (wasNotTaken(error)) await giveBack(ctx, mine)
        // With an unreachable server each of a thousand letters would wait for the same time-out: the next run
        // retries.
        if (mailFailureOf(error) === 'unreachable') break
      }
    }
    return sent
  } finally {
    post.close()
  }
}

/** Accounts that chose mail, with the notifications shown to them by then that are neither read nor mailed. */
export async function readersWaiting({ db, now }: Context, shownBy: Date = now()): Promise<Reader[]> {
  const [at, by] = [now(), shownBy].map((moment) => sql`${moment.toISOString()}::timestamptz`)
  return [
    ...(await db.execute<Reader>(sql`
      select accounts.id as "accountId", accounts.name, accounts.email, accounts.preferences ->> 'locale' as locale,
        json_agg(json_build_object('id', notifications.id, 'kind', notifications.kind, 'event', events.event, 'code', reports.code,
          'title', reports.title, 'risk', case when risk_actions.id is not null then json_build_object(
            'kind', risk_actions.kind, 'count', risk_actions.count, 'agencyId', risk_actions.agency_id,
            'href', risk_actions.address,
            'topic', categories.name, 'topicEn', categories.name_en, 'area', areas.short_name) end)
          order by notifications.id) as told
      from notifications
      join accounts on accounts.id = notifications.account_id and accounts.is_active and accounts.email is not null
      left join reports on reports.id = notifications.report_id
      left join risk_actions on risk_actions.id = notifications.risk_action_id
      left join categories on categories.code = risk_actions.category_code
      left join areas on areas.id = risk_actions.area_id
      left join events on events.id = notifications.event_id
      where mailed_at is null and read_at is null and shown_at <= ${by} and shown_at > ${at} - interval '2 days'
        and coalesce((accounts.preferences ->> 'mailNotifications')::boolean, false)
      group by accounts.id order by accounts.id`)),
  ]
}

/** Marks these as mailed; returns those that no other process has taken. */
async function claim({ db, now }: Context, told: readonly Told[]): Promise<Told[]> {
  const taken = await db.execute<{ id: number }>(sql`
    update notifications set mailed_at = ${now().toISOString()}::timestamptz
    where id = any(${idsOf(told)}::bigint[]) and mailed_at is null returning id`)
  const ids = new Set(taken.map(({ id }) => id))
  return told.filter(({ id }) => ids.has(id))
}

/** Leaves out what has left the reader's scope in the meantime, as the bell does. */
async function leftIn({ db, now }: Context, accountId: string, told: readonly Told[]): Promise<Told[]> {
  const actor = told.length > 0 ? await actorOf(db, accountId, now()) : null
  if (!actor) return []
  const rows = await db.execute<{ id: number }>(sql`
    select notifications.id from notifications left join reports on ${reports.id} = notifications.report_id
    left join risk_actions on ${riskActions.id} = notifications.risk_action_id
    where notifications.id = any(${idsOf(told)}::bigint[]) and ${namedTo(actor)}`)
  const ids = new Set(rows.map(({ id }) => id))
  return told.filter(({ id }) => ids.has(id))
}

async function giveBack({ db }: Context, told: readonly Told[]): Promise<void> {
  await db.execute(sql`update notifications set mailed_at = null where id = any(${idsOf(told)}::bigint[])`)
}

const idsOf = (told: readonly Told[]): string => `{${told.map(({ id }) => id).join(',')}}`

function letterTo({ accountId, name, email, locale, told }: Reader, appUrl: URL | undefined): Letter {
  const say = createTranslator({
    locale: locale ?? 'vi',
    messages: messagesOf(locale ?? 'vi'),
    timeZone,
    namespace: 'notifications',
  })
  const linkTo = (path: string) => (appUrl ? ` ${new URL(path, appUrl).href}` : '')
  const parts = notificationKinds.flatMap((kind) => {
    const those = told.filter((each) => each.kind === kind)
    if (those.length === 0) return []
    const lines = those.slice(0, mostLines).map(({ event, code, title, risk }) => {
      if (risk) {
        const topic = locale === 'en' ? risk.topicEn : risk.topic
        const area = risk.area ?? say('somewhere')
        const what = say(`risks.${risk.kind}`, { count: risk.count, topic, area })
        return `- ${what}${linkTo(addressOfRisk(kind, risk))}`
      }
      const link = linkTo(`/reports/${code}`)
      const what =
        kind === 'watched' && event && isWatchedEvent(event) ? ` (${say(`watched.${watchedNameOf(event)}`)})` : ''
      return `- ${code} ${title}${what}${link}`
    })
    const more = those.length - lines.length
    return [
      [
        say(`groups.${kind}`, { count: those.length }),
        ...lines,
        ...(more > 0 ? [say('mail.more', { count: more })] : []),
      ].join('\n'),
    ]
  })
  return {
    to: { name, address: email },
    senderName: say('mail.sender'),
    subject: say('mail.subject', { count: told.length }),
    text: [say('mail.greeting', { name }), ...parts, say('mail.why')].join('\n\n'),
    key: `notifications-${accountId}-${told.at(-1)?.id}`,
    attachments: [],
  }
}
