import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = `${import.meta.dirname}/../..`
const named = (pattern: string) =>
  globSync(pattern, { cwd: folder })
    .filter((file) => !file.includes('.test.'))
    .map((file) => ({ file, text: readFileSync(`${folder}/${file}`, 'utf8') }))

/** Screens with a head of their own, and why (decision 31). */
const ownHeads: Readonly<Record<string, string>> = {
  'app/global-error.tsx': 'stands without the kit, which may be what failed',
  'components/accounts/Doorway.tsx': 'signing in: no screen of the desk yet',
  'components/bulletins/public/NoBulletin.tsx': 'public page',
  'components/bulletins/public/PublicArticle.tsx': 'public page',
  'components/bulletins/public/PublicList.tsx': 'public page',
  'components/insights/wall/StormWall.tsx': 'read from afar',
  'components/reports/queue/QueueHeader.tsx': 'the title switches the view',
  'components/reports/report/PrintedReport.tsx': 'on paper',
  'components/reports/report/ReportHeader.tsx': 'the title stands between the place in the list and the facts',
  'components/reports/triage/TriageHeader.tsx': 'one line of 44 px, so that the report below is seen whole',
}

test('a screen has the header of the kit', () => {
  const found = named('{app,components}/**/*.tsx').filter(
    ({ file, text }) => /<h1\b/.test(text) && file !== 'components/ui/PageHeader.tsx',
  )
  expect(found.map(({ file }) => file).sort()).toEqual(Object.keys(ownHeads).sort())
})

/** Widths of content that are neither of the two, and why. */
const ownWidths: Readonly<Record<string, string>> = {
  'components/reports/triage/TriageDesk.module.css': 'as wide as photos can be that leave the words in sight',
}

test('content is as wide as the page, or as wide as text is read', () => {
  const found = named('{app,components}/**/*.css')
    // The public pages have a stylesheet of their own.
    .filter(({ file }) => !file.startsWith('components/bulletins/public/'))
    .filter(({ text }) =>
      [...text.matchAll(/[\s;{]max-width:([^;]+);/g)].some(([, value = '']) =>
        [...value.matchAll(/(\d+)px/g)].some(([, width]) => Number(width) >= 600),
      ),
    )
  expect(found.map(({ file }) => file)).toEqual(Object.keys(ownWidths))
})
