import { connect } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { rebuildFigures } from '#server/insights/commands/rebuild.ts'
import { withDatabase } from './database.ts'
import { runScript, step } from './step.ts'

/** Recomputes the figures of every report from the event log. */
await runScript(async () => {
  await withDatabase(async ({ url }) => {
    await step('Schema', () => migrateDatabase(url))
    const { db, close } = connect(url)
    await step('Figures', async (progress) => {
      await rebuildFigures(db, {
        onProgress: (done, total) => progress(`${done} of ${total} reports`),
        onMonth: (month) => progress(`sums up to ${month.slice(0, 7)}`),
      })
    })
    await close()
  })
  return 0
})
