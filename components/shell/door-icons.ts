import {
  ChartNoAxesColumn,
  CloudLightning,
  type LucideIcon,
  Map as MapIcon,
  Newspaper,
  ScrollText,
  Settings2,
  Sun,
  TextAlignStart,
} from 'lucide-react'
import type { Door } from './shell-view.ts'

export const doorIcons: Readonly<Record<Door, LucideIcon>> = {
  today: Sun,
  reports: TextAlignStart,
  map: MapIcon,
  incidents: CloudLightning,
  bulletins: Newspaper,
  insights: ChartNoAxesColumn,
  admin: Settings2,
  events: ScrollText,
}
