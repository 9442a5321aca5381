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
  /** The same for the same letter, so that a mail server that receives it twice can recognise it. */
  key: string
  attachments: readonly { filename: string; content: Buffer; contentType: string }[]
}

/** Why a letter was not sent: no answer, the account was refused, or the letter was refused. */
export type MailFailure = 'unreachable' | 'login' | 'refused'

/** `send` returns the reply of the mail server. */
export type Post = { send(letter: Letter): Promise<string>; close(): void }

/** Until the server's greeting, and then between two responses. */
type TimeLimits = { connectSeconds: number; silenceSeconds: number }

/**
 * Passes letters to the mail server, one connection each: the library's pool retries without limit when a server hangs
 * up, and cannot know whether the first letter was accepted. The content of a letter comes from memory only.
 */
export function openPost({ url, from }: MailSettings, timeLimits: TimeLimits = outsideLimits.mail): Post {
  const [toGreet, toSpeak] = [timeLimits.connectSeconds * 1000, timeLimits.silenceSeconds * 1000]
  const transport = nodemailer.createTransport({
    // Not as a URL: with one, the library ignores all other settings.
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
      const { response } = await transport.sendMail({
        ...body,
        from: { name: oneLine(senderName), address: from },
        to: { name: oneLine(to.name), address: to.address },
        subject: oneLine(subject),
        messageId: `<${key}@${host}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        attachments: attachments.map(({ filename, ...file }) => ({ ...file, filename: oneLine(filename) })),
      })
      return response
    },
    close: () => transport.close(),
  }
}

/** Why a letter was not sent; null: the error does not come from a mail server. */
export function mailFailureOf(error: unknown): MailFailure | null {
  if (!(error instanceof Error)) return null
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'login'
  // 421: the server is there and accepts nothing from anyone at the moment.
  if (responseCode === 421) return 'unreachable'
  if (typeof responseCode === 'number') return 'refused'
  // The library's error for a connection that the server closed has no code.
  if (code === undefined && error.message === 'Unexpected socket close') return 'unreachable'
  const isFar = ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ETLS', 'ECONNREFUSED', 'EPROTOCOL'].includes(
    String(code),
  )
  return isFar ? 'unreachable' : null
}

/**
 * Whether a letter was certainly not sent: the server refused it, or it never greeted. After the greeting only the
 * server knows: the library reports `CONN` also for a connection that breaks at the end.
 */
export function wasNotTaken(error: unknown): boolean {
  const { code, responseCode, syscall, timeoutType } = error as Partial<Record<string, unknown>>
  const hasGreeted =
    syscall !== 'connect' && code !== 'EDNS' && timeoutType !== 'CONNECT_TIMEOUT' && timeoutType !== 'GREETING_TIMEOUT'
  return mailFailureOf(error) === 'login' || typeof responseCode === 'number' || !hasGreeted
}
