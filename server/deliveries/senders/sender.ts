import type { CallSettings } from '#server/outbound/call.ts'
import { environment } from '#server/platform/environment.ts'
import type { MailSettings } from '#server/platform/mail.ts'
import { unseal } from '#server/platform/sealed-text.ts'
import type { SendResult } from '../rules/delivery.ts'
import { usesSecret } from '../rules/template.ts'
import { appSender, templateSender } from './http.ts'
import { mailSender } from './mail.ts'
import type { Gateway, Sender } from './outgoing.ts'

/** The environment of the installation; tests replace it. */
export type Outside = {
  mail: MailSettings | undefined
  appUrl: URL | undefined
  calls: CallSettings
}

export const outside = (): Outside => ({ mail: environment().mail, appUrl: environment().appUrl, calls: {} })

/** The use and owner under which the secret of a gateway is encrypted. */
export const sealingOf = (gatewayId: string) => ({ use: 'gateways', owner: gatewayId })

export function senderFor(gateway: Gateway, now: () => Date, { mail, calls }: Outside): Sender {
  if (gateway.kind === 'mail') return mailSender(mail)
  if (gateway.secret === null && usesSecret(gateway)) return lost
  const secret = gateway.secret === null ? '' : unseal(gateway.secret, sealingOf(gateway.id))
  if (secret === null) return lost
  return gateway.kind === 'app' ? appSender(gateway, secret, now, calls) : templateSender(gateway, secret, calls)
}

const secretLost: SendResult = { outcome: 'temporary', failure: 'secret_lost', status: null }
const lost: Sender = { send: async () => secretLost, close: () => undefined }
