import { builtOnce } from '#db/built-once.ts'
import type { Connection } from '#db/client.ts'
import { settings } from '#db/schema/index.ts'
import { type Settings, settingsSchema } from './rules/settings.ts'

/** The city's settings; what it has not set has the default. */
export async function readSettings(db: Connection): Promise<Settings> {
  const rows = await allSettings(db)
  return settingsSchema.parse(Object.fromEntries(rows.map(({ key, value }) => [key, value])))
}

const allSettings = builtOnce((db) => db.select().from(settings))
