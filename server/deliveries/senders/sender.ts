import type { CallSettings } from '#server/outbound/call.ts'
import { environment } from '#server/platform/environment.ts'
import type { MailSettings } from '#server/platform/mail.ts'
import { unseal } from '#server/platform/sealed-text.ts'
import type { SendResult } from '../rules/delivery.ts'
import { namedSecretsOf, usesSecret } from '../rules/template.ts'
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
export const sealingOf = (gatewayId: string, name: string | null = null) => ({
  use: 'gateways',
  owner: name === null ? gatewayId : `${gatewayId} ${name}`,
})

export function senderFor(gateway: Gateway, now: () => Date, { mail, calls }: Outside): Sender {
  if (gateway.kind === 'mail') return mailSender(mail)
  if (gateway.secret === null && usesSecret(gateway)) return lost
  const secret = gateway.secret === null ? '' : unseal(gateway.secret, sealingOf(gateway.id))
  if (secret === null) return lost
  if (gateway.kind === 'app') return appSender(gateway, secret, now, calls)
  const named = openedSecrets(gateway)
  return named === null ? lost : templateSender(gateway, { ...named, secret }, calls)
}

/** The further secrets of the template by their placeholders; null if one is missing or cannot be decrypted. */
function openedSecrets(gateway: Gateway): Record<`secret.${string}`, string> | null {
  const opened: Record<`secret.${string}`, string> = {}
  for (const name of namedSecretsOf(gateway)) {
    const sealed = Object.hasOwn(gateway.namedSecrets, name) ? gateway.namedSecrets[name] : undefined
    const plain = sealed === undefined ? null : unseal(sealed, sealingOf(gateway.id, name))
    if (plain === null) return null
    opened[`secret.${name}`] = plain
  }
  return opened
}

const secretLost: SendResult = { outcome: 'temporary', failure: 'secret_lost', status: null }
const lost: Sender = { send: async () => secretLost, close: () => undefined }
