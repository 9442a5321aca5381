import { type MailSettings, mailFailureOf, openPost, wasNotTaken } from '#server/platform/mail.ts'
import { mailOf } from '../rules/channels.ts'
import type { SendResult } from '../rules/delivery.ts'
import { mailTexts } from '../rules/texts.ts'
import type { Outgoing, Sender } from './outgoing.ts'

const senderName = 'UBND thành phố Hà Nội'

/** Sends mail to reporters. A repetition has the same Message-ID, so that the receiver can recognise it. */
export function mailSender(settings: MailSettings | undefined): Sender {
  if (!settings) {
    const result: SendResult = { outcome: 'temporary', failure: 'mail_unreachable', status: null }
    return { send: async () => result, close: () => undefined }
  }
  const post = openPost(settings)
  return {
    async send(message: Outgoing) {
      const address = mailOf(message.contact)
      if (address === null) return { outcome: 'permanent', failure: 'contact_gone', status: null }
      try {
        const response = await post.send({
          to: { name: '', address },
          senderName,
          ...mailTexts(message.kind, message),
          key: `delivery-${message.key}`,
          attachments: [],
        })
        return { outcome: 'accepted', status: codeOf(response), receipt: receiptOf(response) }
      } catch (error) {
        const failure = mailFailureOf(error)
        if (failure === null) throw error
        return failed(error, failure)
      }
    },
    close: () => post.close(),
  }
}

function failed(error: unknown, failure: 'unreachable' | 'login' | 'refused'): SendResult {
  const { responseCode } = error as { responseCode?: number }
  const status = responseCode === undefined ? null : String(responseCode)
  if (failure === 'login') return { outcome: 'temporary', failure: 'mail_login', status }
  if (failure === 'refused') {
    if (responseCode === undefined || responseCode < 500) return { outcome: 'temporary', failure: 'mail_busy', status }
    return isOfRecipient(error)
      ? { outcome: 'permanent', failure: 'mail_refused', status }
      : { outcome: 'temporary', failure: 'mail_sender', status }
  }
  // If the connection breaks after the greeting, the letter may have been accepted.
  return { outcome: wasNotTaken(error) ? 'temporary' : 'unsure', failure: 'mail_unreachable', status }
}

/** Whether the recipient is refused, not the sender or the letter. 5.7 is policy, usually about senders (RFC 3463). */
function isOfRecipient(error: unknown): boolean {
  const { command, response } = error as { command?: string; response?: string }
  return command === 'RCPT TO' && !/^\d{3}[ -]5\.7\./.test(response ?? '')
}

/** The reply code with the enhanced code (RFC 3463) if present, as in `250 2.0.0 Ok`. */
const codeOf = (response: string): string => /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0] ?? ''

/** The queue id of the server in its usual form. The rest of the reply is not stored. */
const receiptOf = (response: string): string | null => /\bqueued as ([\w-]{3,60})\b/i.exec(response)?.[1] ?? null
