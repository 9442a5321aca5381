import type { Connection } from '#db/client.ts'
import { categories } from '#db/schema/index.ts'
import { unique } from './unique.ts'

export type BuiltCategory = typeof categories.$inferSelect

const group = { code: 'CX', name: 'Cây xanh', nameEn: 'Trees' }

/** A leaf of the category tree; its answers need an approver unless said otherwise. */
export async function buildCategory(db: Connection, category: Partial<BuiltCategory> = {}): Promise<BuiltCategory> {
  await db.insert(categories).values(group).onConflictDoNothing()
  const code = category.code ?? unique(group.code)
  const [row] = await db
    .insert(categories)
    .values({ parentCode: group.code, name: 'Cây đổ, gãy cành', nameEn: 'Fallen tree', ...category, code })
    .returning()
  return row as BuiltCategory
}
