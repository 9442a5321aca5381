import { Frown, type LucideIcon, Meh, Smile } from 'lucide-react'
import type { StatusName } from '#components/ui/status-colors.ts'
import type { Rating } from '#server/reports/rules/lifecycle.ts'

/** Colour is never the only sign: each rating has its own face. */
export const ratingSigns: Readonly<Record<Rating, { status: StatusName; icon: LucideIcon }>> = {
  satisfied: { status: 'in_time', icon: Smile },
  acceptable: { status: 'normal', icon: Meh },
  dissatisfied: { status: 'soon', icon: Frown },
}
