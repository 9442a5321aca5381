import {
  Building2,
  CalendarDays,
  EyeIcon,
  FolderTree,
  ListRestart,
  type LucideIcon,
  MessageSquareText,
  Plug,
  ScrollText,
  SlidersHorizontal,
  Users,
} from 'lucide-react'
import type { Room } from '#server/accounts/rules/rooms.ts'

export const adminRooms = [
  'accounts',
  'agencies',
  'categories',
  'calendars',
  'templates',
  'settings',
  'integrations',
  'jobs',
  'events',
  'disclosures',
] as const
export type AdminRoom = (typeof adminRooms)[number]

/** Address and icon of each part of the administration. */
export const roomRules: Readonly<Record<AdminRoom, { href: Room; icon: LucideIcon }>> = {
  accounts: { href: '/admin/accounts', icon: Users },
  agencies: { href: '/admin/agencies', icon: Building2 },
  categories: { href: '/admin/categories', icon: FolderTree },
  calendars: { href: '/admin/calendars', icon: CalendarDays },
  templates: { href: '/admin/templates', icon: MessageSquareText },
  settings: { href: '/admin/settings', icon: SlidersHorizontal },
  integrations: { href: '/admin/integrations', icon: Plug },
  jobs: { href: '/admin/jobs', icon: ListRestart },
  events: { href: '/admin/events', icon: ScrollText },
  disclosures: { href: '/admin/disclosures', icon: EyeIcon },
}
