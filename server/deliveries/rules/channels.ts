import { personsPhoneOf } from '#server/platform/rules/phone.ts'
import type { Channel } from '#server/reports/rules/lifecycle.ts'
import type { DeliveryChannel, DeliveryKind } from './delivery.ts'

/** By which channels a reporter is reached, the first that works: the way they came by, before the others. */
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
  /** The program that sent the report, if one did: it can be called back. */
  clientId: string | null
  contact: Contact
}

const mail = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+\.[^\s@<>,;:".]+$/

/** The address of the mail, null if what was written is none. */
export const mailOf = ({ email }: Pick<Contact, 'email'>): string | null =>
  email !== null && mail.test(email.trim()) ? email.trim() : null

/** A number that can receive messages; null for landlines, hotlines and numbers abroad. */
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

/** The channels by which this reporter could be reached, the best first, whatever gateways the city has. */
export const waysTo = (reached: Reached): DeliveryChannel[] =>
  orderBy[reached.channel].filter((channel) => hasContact[channel](reached))

export type Choice = { channel: DeliveryChannel } | { channel: null; because: 'no_contact' | 'no_channel' }

/**
 * The channel for a delivery: the best that has a gateway and was not refused before. A reminder is not worth a letter.
 * `open`: the channels that the city has a gateway for, here also the reporter's own program.
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

/** A landline is a contact too: staff can call it. */
const hasAnyContact = (reached: Reached): boolean =>
  waysTo(reached).length > 0 || Boolean(reached.contact.phone?.trim()) || Boolean(reached.contact.email?.trim())
