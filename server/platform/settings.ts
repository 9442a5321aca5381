import { builtOnce } from '#db/built-once.ts'
import type { Connection } from '#db/client.ts'
import { settings } from '#db/schema/index.ts'
import { type Settings, settingsSchema } from './rules/settings.ts'

/** The city's settings; what it has not set has the default. */
export async function readSettings(db: Connection): Promise<Settings> {
  return settingsOf(await allSettings(db))
}

/** The query for the rows of the settings, for callers that read them together with something else. */
export const settingRows = (db: Connection) => db.select().from(settings)

export const settingsOf = (rows: readonly { key: string; value: unknown }[]): Settings =>
  settingsSchema.parse(Object.fromEntries(rows.map(({ key, value }) => [key, value])))

const allSettings = builtOnce(settingRows)
