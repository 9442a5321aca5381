import { personsPhoneOf } from '#server/platform/rules/phone.ts'
import type { Channel } from '#server/reports/rules/lifecycle.ts'
import type { DeliveryChannel, DeliveryKind } from './delivery.ts'

/** The order in which channels are tried, by the channel through which the report arrived. */
const orderBy: Record<Channel, readonly DeliveryChannel[]> = {
  app: ['app', 'zalo', 'sms', 'mail', 'letter'],
  open311: ['app', 'mail', 'sms', 'zalo', 'letter'],
  web: ['app', 'mail', 'sms', 'zalo', 'letter'],
  email: ['app', 'mail', 'sms', 'zalo', 'letter'],
  hotline: ['app', 'sms', 'zalo', 'mail', 'letter'],
  walk_in: ['app', 'sms', 'zalo', 'mail', 'letter'],
  import: ['app', 'sms', 'zalo', 'mail', 'letter'],
}

export type Contact = { name: string | null; phone: string | null; email: string | null; address: string | null }
export type Reached = {
  channel: Channel
  /** The program that sent the report and can be called; null if none did. */
  clientId: string | null
  contact: Contact
}

const mail = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+\.[^\s@<>,;:".]+$/

/** The mail address; null if the text is not one. */
export const mailOf = ({ email }: Pick<Contact, 'email'>): string | null =>
  email !== null && mail.test(email.trim()) ? email.trim() : null

/** A number that can receive messages; null for landlines, hotlines and foreign numbers. */
export function mobileOf({ phone }: Pick<Contact, 'phone'>): string | null {
  const number = phone === null ? null : personsPhoneOf(phone)
  return number !== null && /^0[35789]/.test(number) ? number : null
}

const hasContact: Record<DeliveryChannel, (reached: Reached) => boolean> = {
  app: ({ clientId }) => clientId !== null,
  mail: ({ contact }) => mailOf(contact) !== null,
  sms: ({ contact }) => mobileOf(contact) !== null,
  zalo: ({ contact }) => mobileOf(contact) !== null,
  letter: ({ contact }) => Boolean(contact.address?.trim()) && Boolean(contact.name?.trim()),
}

/** The channels that could reach this reporter, best first, regardless of the gateways that exist. */
export const waysTo = (reached: Reached): DeliveryChannel[] =>
  orderBy[reached.channel].filter((channel) => hasContact[channel](reached))

export type Choice = { channel: DeliveryChannel } | { channel: null; because: 'no_contact' | 'no_channel' }

/**
 * The best channel that has a gateway and has not refused. A reminder is never a letter. `open`: the channels for which
 * the city has a gateway, including the program that sent the report.
 */
export function chooseChannel(
  reached: Reached,
  kind: DeliveryKind,
  { open, tried }: { open: readonly DeliveryChannel[]; tried: readonly DeliveryChannel[] },
): Choice {
  const ways = waysTo(reached)
  const channel = ways.find((way) =>
    way === 'letter' ? kind !== 'rating_reminder' : open.includes(way) && !tried.includes(way),
  )
  if (channel) return { channel }
  return { channel: null, because: hasAnyContact(reached) ? 'no_channel' : 'no_contact' }
}

/** Includes landlines, because staff can call them. */
const hasAnyContact = (reached: Reached): boolean =>
  waysTo(reached).length > 0 || Boolean(reached.contact.phone?.trim()) || Boolean(reached.contact.email?.trim())
