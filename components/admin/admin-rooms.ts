import {
  Building2,
  CalendarDays,
  FolderTree,
  type LucideIcon,
  MessageSquareText,
  ScrollText,
  SlidersHorizontal,
  Users,
} from 'lucide-react'
import type { Permission } from '#server/accounts/rules/permissions.ts'

export const adminRooms = [
  'accounts',
  'agencies',
  'categories',
  'calendars',
  'templates',
  'settings',
  'events',
] as const
export type AdminRoom = (typeof adminRooms)[number]

/** What each part of the administration asks for, where it is and how it looks. */
export const roomRules: Readonly<Record<AdminRoom, { permission: Permission; href: string; icon: LucideIcon }>> = {
  accounts: { permission: 'accounts.edit', href: '/admin/accounts', icon: Users },
  agencies: { permission: 'agencies.edit', href: '/admin/agencies', icon: Building2 },
  categories: { permission: 'categories.edit', href: '/admin/categories', icon: FolderTree },
  calendars: { permission: 'calendars.edit', href: '/admin/calendars', icon: CalendarDays },
  templates: { permission: 'templates.edit', href: '/admin/templates', icon: MessageSquareText },
  settings: { permission: 'settings.edit', href: '/admin/settings', icon: SlidersHorizontal },
  events: { permission: 'events.read', href: '/admin/events', icon: ScrollText },
}
