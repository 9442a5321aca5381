import { expect, test } from 'vitest'
import { framesOf, pagesAt, pagesIn } from './page-addresses.ts'

const files = [
  'app/layout.tsx',
  'app/page.tsx',
  'app/(staff)/layout.tsx',
  'app/(staff)/(triage)/reports/[[...code]]/page.tsx',
  'app/(staff)/(triage)/reports/[[...code]]/loading.tsx',
  'app/(staff)/incidents/page.tsx',
  'app/(staff)/incidents/[id]/page.tsx',
  'app/(public)/ban-tin/[slug]/route.ts',
  'app/(missing)/[...missing]/page.tsx',
  'app/api/auth/[...nextauth]/route.ts',
]
const at = (text: string) => pagesAt(text, pagesIn(files))

test.each([
  ["visit(page, '/reports?view=open')", ['app/(staff)/(triage)/reports/[[...code]]/page.tsx']],
  [`visit(page, \`/reports/\${code}\`)`, ['app/(staff)/(triage)/reports/[[...code]]/page.tsx']],
  [`visit(page, \`/incidents/\${id}?tab=log\`)`, ['app/(staff)/incidents/[id]/page.tsx']],
  ["visit(page, '/incidents')", ['app/(staff)/incidents/page.tsx']],
  ['goto("/ban-tin/ngap")', ['app/(public)/ban-tin/[slug]/route.ts']],
  ["post('/api/auth/callback/credentials')", ['app/api/auth/[...nextauth]/route.ts']],
  ["visit(page, '/')", ['app/page.tsx']],
  ["visit(page, '/nowhere'); join('a/reports')", []],
])('%s', (text, pages) => {
  expect(at(text)).toEqual(pages)
})

test('a page is framed by what stands in its folder and in those above', () => {
  expect(framesOf('app/(staff)/(triage)/reports/[[...code]]/page.tsx', files)).toEqual([
    'app/layout.tsx',
    'app/(staff)/layout.tsx',
    'app/(staff)/(triage)/reports/[[...code]]/loading.tsx',
  ])
})
