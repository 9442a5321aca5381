import {
  Building2,
  CircleCheckBig,
  Construction,
  Droplets,
  HeartPulse,
  House,
  type LucideIcon,
  Newspaper,
  TriangleAlert,
  Zap,
} from 'lucide-react'
import type { BulletinKind } from '#server/bulletins/rules/bulletin.ts'

export const kindIcons: Readonly<Record<BulletinKind, LucideIcon>> = {
  warning: TriangleAlert,
  road_closed: Construction,
  shelter: House,
  power: Zap,
  water: Droplets,
  health: HeartPulse,
  all_clear: CircleCheckBig,
  news: Newspaper,
  policy: Building2,
}
