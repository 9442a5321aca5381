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
  'components/citizen-page/RefusedPage.tsx': 'public page',
  'components/citizen-page/ReportPage.tsx': 'public page',
  'components/insights/today/TodayScreen.tsx': 'the title is a sentence whose figures open reports',
  'components/insights/wall/StormWall.tsx': 'read from afar',
  'components/reports/queue/QueueHeader.tsx': 'the title switches the view',
  'components/reports/report/PrintedReport.tsx': 'on paper',
  'components/reports/report/ReportHeader.tsx': 'the title stands between the place in the list and the facts',
  'components/reports/triage/TriageHeader.tsx': 'one line of 44 px, so that the report below is seen whole',
  'components/rest/ApiDocs.tsx': 'public page',
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
    // The public pages have separate stylesheets.
    .filter(({ file }) => !/^components\/(bulletins\/public|citizen-page|rest)\//.test(file))
    .filter(({ text }) =>
      [...text.matchAll(/[\s;{]max-width:([^;]+);/g)].some(([, value = '']) =>
        [...value.matchAll(/(\d+)px/g)].some(([, width]) => Number(width) >= 600),
      ),
    )
  expect(found.map(({ file }) => file)).toEqual(Object.keys(ownWidths))
})

/** Buttons and inputs that are not of the kit: why, and how many in each file. */
const ownControls: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'stands without the kit, which may be what failed': { 'app/global-error.tsx': 1 },
  'a public page, which has no script': {
    'components/bulletins/public/FindForm.tsx': 6,
    'components/bulletins/public/PublicFrame.tsx': 1,
    'components/citizen-page/Forms.tsx': 7,
  },
  'invisible: for the password manager, or behind a button of the kit': {
    'components/accounts/ChangePasswordForm.tsx': 1,
    'components/accounts/SetPasswordForm.tsx': 1,
    'components/bulletins/editor/EditorToolbar.tsx': 1,
    'components/reports/photos/PhotoAdd.tsx': 2,
    'components/shell/PasswordDialog.tsx': 1,
    'components/shell/UnlockForm.tsx': 1,
  },
  'in rows by the hundred, where the kit costs a hundredfold (decision 31)': {
    'components/bulletins/desk/BulletinRow.tsx': 1,
    'components/incidents/IncidentReports.tsx': 1,
    'components/incidents/Suggestions.tsx': 1,
    'components/reports/queue/DeadlineCell.tsx': 1,
    'components/reports/queue/PlacePin.tsx': 1,
    'components/reports/queue/QueueCards.tsx': 1,
    'components/reports/queue/RowCells.tsx': 2,
    'components/reports/queue/TableHeader.tsx': 1,
  },
  'a whole row or card with several lines': {
    'components/accounts/DemoAccounts.tsx': 2,
    'components/bulk/BulkActionsSheet.tsx': 1,
    'components/bulk/RunsPlace.tsx': 1,
    'components/disclosures/FoundReports.tsx': 1,
    'components/reports/duplicates/LikelyDuplicates.tsx': 1,
    'components/reports/moves/ReportField.tsx': 1,
    'components/reports/report/Related.tsx': 1,
    'components/reports/triage/CandidateCard.tsx': 1,
    'components/reports/triage/Proposed.tsx': 1,
  },
  'a picture, or a mark on one': {
    'components/reports/photos/PhotoStrip.tsx': 1,
    'components/reports/photos/PhotoViewer.tsx': 1,
    'components/reports/public-copy/BoxStage.tsx': 1,
    'components/reports/public-copy/CopyPhotos.tsx': 1,
    'components/reports/report/ProofPhotos.tsx': 1,
  },
  'looks like the link beside it': {
    'components/accounts/LanguageLinks.tsx': 1,
    'components/reports/queue/QueueFooter.tsx': 1,
    'components/reports/queue/saved/SavedViewsNav.tsx': 1,
    'components/shell/ConnectionBanner.tsx': 1,
    'components/shell/Rail.tsx': 1,
  },
  'a heading, a chip, tabs or a portrait that opens or orders something': {
    'components/insights/charts/ShareTable.tsx': 1,
    'components/reports/queue/QueueHeader.tsx': 1,
    'components/reports/report/DeadlineClock.tsx': 1,
    'components/reports/report/StoryTabs.tsx': 1,
    'components/shell/AccountMenu.tsx': 1,
  },
  'steered by the arrows of another field, without focus': {
    'components/reports/queue/ViewSwitcher.tsx': 2,
    'components/shell/RecentSearches.tsx': 2,
    'components/shell/SearchBox.tsx': 3,
  },
}

test('buttons and inputs are those of the kit', () => {
  const found = named('{app,components}/**/*.tsx')
    .filter(({ file }) => !file.startsWith('components/ui/'))
    .map(({ file, text }) => [file, [...text.matchAll(/<(?:button|input|select|textarea)\b/g)].length] as const)
    .filter(([, count]) => count > 0)
  const listed = Object.values(ownControls).flatMap((files) => Object.entries(files))
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(listed))
})
