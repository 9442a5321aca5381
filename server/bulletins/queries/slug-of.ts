import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { bulletins } from '#db/schema/index.ts'

const [uuid, slug] = [/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, /^[a-z0-9-]{1,200}$/]

/** The slug of the bulletin with this slug or id; null if the text is neither. */
export async function slugOf(db: Connection, name: string): Promise<string | null> {
  if (!uuid.test(name)) return slug.test(name) ? name : null
  const [found] = await db.select({ slug: bulletins.slug }).from(bulletins).where(eq(bulletins.id, name))
  return found?.slug ?? null
}
