import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { connect } from '#db/client.ts'
import { migrateDatabase } from '#db/migrate.ts'
import { SetupError } from '#db/setup-error.ts'
import { takeInPlaces } from '#server/places/commands/take-in-places.ts'
import { openPlaces } from '#server/places/files.ts'
import { placeSentences } from '#server/places/sentences.ts'
import { now } from '#server/platform/clock.ts'
import { DomainError } from '#server/platform/errors.ts'
import { withDatabase } from './database.ts'
import { runScript, step } from './step.ts'

const usage =
  'npm run places -- FILE [--source NAME] [--language vi|en]: FILE is .geojson or .csv, packed with gzip or not. It replaces what its source, by default the name of the file, gave before.'

await runScript(async () => {
  const { file, origin, sentences } = readOrder(process.argv.slice(2))
  const counts = await withDatabase(async ({ url }) => {
    await step('Schema', () => migrateDatabase(url))
    return step(`Places of ${basename(file)}`, async (progress) => {
      const { db, close } = connect(url)
      try {
        const onProgress = (rows: number, share: number) => progress(`${Math.floor(share * 100)} %, ${rows} rows`)
        return await takeInPlaces({ db, now }, { origin, file: await openPlaces(file), onProgress })
      } catch (error) {
        throw inOneSentence(error, file, sentences)
      } finally {
        await close()
      }
    })
  })
  process.stdout.write(`${sentences.finished(counts)}\n`)
  return 0
})

function readOrder(args: string[]) {
  const options = { source: { type: 'string' }, language: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [file] = positionals
  if (!file || positionals.length > 1) throw new SetupError(usage)
  const language = values.language ?? (/^en/i.test(process.env.LC_ALL || process.env.LANG || '') ? 'en' : 'vi')
  if (language !== 'vi' && language !== 'en') throw new SetupError(`--language takes vi or en, not ${language}.`)
  const origin = values.source ?? basename(file).replace(/(\.(geo)?json|\.csv)?(\.gz)?$/i, '')
  if (!/^\S.{0,98}$/.test(origin)) throw new SetupError('The name of the source has between 1 and 99 characters.')
  return { file, origin, sentences: placeSentences(language) }
}

function inOneSentence(error: unknown, file: string, sentences: ReturnType<typeof placeSentences>): unknown {
  if (error instanceof DomainError) return new SetupError(sentences.refused(error), error)
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new SetupError(`There is no file ${file}.`, error)
  if (code === 'EACCES' || code === 'EISDIR') return new SetupError(`The file ${file} cannot be read (${code}).`, error)
  return code?.startsWith('Z_') ? new SetupError(`The file ${file} is damaged: it does not unpack.`, error) : error
}
