import { RefusedPage } from '#components/citizen-page/RefusedPage.tsx'
import { ReportPage } from '#components/citizen-page/ReportPage.tsx'
import { formHeader, readCitizenPage, unpackForm } from '#server/citizen-links/http/reading.ts'
import { sayings } from '#server/citizen-links/rules/form-state.ts'
import { pagePath } from '#server/citizen-links/rules/link.ts'
import { answerPage, type Page } from '../answer-page.tsx'
import { readerOf } from '../reader-of.ts'

/** Keeps the page out of caches and search engines. */
const headers = { 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex, nofollow' }
const head = (
  <>
    <meta name="robots" content="noindex, nofollow" />
    <meta name="referrer" content="same-origin" />
  </>
)

/**
 * The page of a report, for a browser that has opened its citizen link. server/citizen-links/http checks links, limits
 * and forms. A form that was refused arrives here as a request for the page, with the values that were typed.
 */
export async function citizenRoute(
  request: Request,
  { params }: { params: Promise<{ code: string }> },
): Promise<Response> {
  const { code } = await params
  const asked = new URL(request.url).searchParams
  const reader = readerOf(request, asked.get('lang') === 'en' ? 'en' : 'vi')
  const page = await readCitizenPage(code, request.headers.get('cookie'))
  if (!page) return answerPage(refused(request))
  const packed = request.headers.get(formHeader)
  return answerPage({
    kind: 'citizen',
    reader,
    title: `${reader.t('citizenPage.title', { code: page.code })} · ${reader.t('citizenPage.name')}`,
    head,
    headers,
    body: (
      <ReportPage
        page={page}
        reader={reader}
        path={pagePath(page.code)}
        done={sayings.find((saying) => saying === asked.get('done')) ?? null}
        form={packed ? unpackForm(packed) : null}
      />
    ),
  })
}

export const refusedRoute = (request: Request): Promise<Response> => answerPage(refused(request))

function refused(request: Request): Page {
  const { pathname, searchParams } = new URL(request.url)
  const reader = readerOf(request, searchParams.get('lang') === 'en' ? 'en' : 'vi')
  return {
    kind: 'citizen',
    reader,
    status: 404,
    title: `${reader.t('citizenPage.refused.title')} · ${reader.t('citizenPage.name')}`,
    head,
    headers,
    body: <RefusedPage reader={reader} path={pathname} />,
  }
}
