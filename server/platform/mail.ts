import nodemailer from 'nodemailer'
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

const patience = 20_000

/** A connection to the mail server, kept for several letters. What goes into a letter comes from memory only. */
export function openPost({ url, from }: MailSettings): Post {
  const transport = nodemailer.createTransport({
    // Not as an address: with one, the library heeds none of the other settings.
    host: url.hostname,
    ...(url.port && { port: Number(url.port) }),
    secure: url.protocol === 'smtps:',
    ...(url.username && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    pool: true,
    maxConnections: 1,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
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
  if (typeof responseCode === 'number') return 'refused'
  const isFar = ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ETLS', 'ECONNREFUSED', 'EPROTOCOL'].includes(
    String(code),
  )
  return isFar ? 'unreachable' : null
}
