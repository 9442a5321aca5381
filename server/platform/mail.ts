import nodemailer from 'nodemailer'
import { outsideLimits } from './rules/limits.ts'
import { oneLine } from './rules/text.ts'

export type MailSettings = { url: URL; from: string; domains: readonly string[] }

export type Letter = {
  to: { name: string; address: string }
  senderName: string
  subject: string
  text: string
  html?: string
  /** The same for the same letter: a mail server that is handed it twice can tell. */
  key: string
  attachments: readonly { filename: string; content: Buffer; contentType: string }[]
}

/** Why a letter did not go: nobody answered, the account was not taken, or the letter was not. */
export type MailFailure = 'unreachable' | 'login' | 'refused'

export type Post = { send(letter: Letter): Promise<void>; close(): void }

/** Until it has greeted, and then between two words of it. */
type TimeLimits = { connectSeconds: number; silenceSeconds: number }

/**
 * Hands letters to the mail server, a connection each: the library's pool hands a letter over again, without end, to a
 * server that hangs up, and cannot know whether the first one was taken. What goes into a letter comes from memory
 * only.
 */
export function openPost({ url, from }: MailSettings, timeLimits: TimeLimits = outsideLimits.mail): Post {
  const [toGreet, toSpeak] = [timeLimits.connectSeconds * 1000, timeLimits.silenceSeconds * 1000]
  const transport = nodemailer.createTransport({
    // Not as an address: with one, the library heeds none of the other settings.
    host: url.hostname,
    ...(url.port && { port: Number(url.port) }),
    secure: url.protocol === 'smtps:',
    ...(url.username && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    dnsTimeout: toGreet,
    connectionTimeout: toGreet,
    greetingTimeout: toGreet,
    socketTimeout: toSpeak,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const host = from.split('@').at(-1)
  return {
    async send({ to, senderName, subject, key, attachments, ...body }) {
      await transport.sendMail({
        ...body,
        from: { name: oneLine(senderName), address: from },
        to: { name: oneLine(to.name), address: to.address },
        subject: oneLine(subject),
        messageId: `<${key}@${host}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        attachments: attachments.map(({ filename, ...file }) => ({ ...file, filename: oneLine(filename) })),
      })
    },
    close: () => transport.close(),
  }
}

/** What kept a letter back; null: nothing that a mail server said. */
export function mailFailureOf(error: unknown): MailFailure | null {
  if (!(error instanceof Error)) return null
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'login'
  // 421: the server is there and takes nothing at the moment, from nobody.
  if (responseCode === 421) return 'unreachable'
  if (typeof responseCode === 'number') return 'refused'
  // What the library says of a connection that was closed on it carries no code.
  if (code === undefined && error.message === 'Unexpected socket close') return 'unreachable'
  const isFar = ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ETLS', 'ECONNREFUSED', 'EPROTOCOL'].includes(
    String(code),
  )
  return isFar ? 'unreachable' : null
}

/**
 * Whether a letter surely did not go: the server said no, or it never greeted. After that only the server knows: the
 * library says `CONN` also of a line that breaks at the end.
 */
export function wasNotTaken(error: unknown): boolean {
  const { code, responseCode, syscall, timeoutType } = error as Partial<Record<string, unknown>>
  const hasGreeted =
    syscall !== 'connect' && code !== 'EDNS' && timeoutType !== 'CONNECT_TIMEOUT' && timeoutType !== 'GREETING_TIMEOUT'
  return mailFailureOf(error) === 'login' || typeof responseCode === 'number' || !hasGreeted
}
