import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { answerPage } from '#app/(public)/answer-page.tsx'
import { readerOf } from '#app/(public)/reader-of.ts'
import { PublicArticle } from '#components/bulletins/public/PublicArticle.tsx'
import { typedForm } from '#server/bulletins/http/typed-form.ts'
import { typedPage } from '#server/bulletins/http/typed-page.ts'
import { bulletinContent } from '#server/bulletins/rules/schemas.ts'
import { caller } from '#server/trpc/caller.ts'

type Named = { params: Promise<{ id: string }> }

/**
 * Renders a text while it is being typed, as its public page will show it. Changes nothing; shown only within the desk.
 */
export async function POST(request: Request, { params }: Named): Promise<Response> {
  try {
    const view = await (await caller()).bulletins.byId((await params).id)
    const form = await typedForm(request)
    if (typeof form === 'number') return new Response(null, { status: form })
    const content = bulletinContent.safeParse(JSON.parse(String(form.get('content'))))
    if (!content.success) return new Response(null, { status: 400 })
    const reader = readerOf(request, form.get('lang') === 'en' ? 'en' : 'vi')
    return await answerPage({
      reader,
      title: reader.t('published.title'),
      // Within the desk, links must not navigate away from the editor.
      head: <base target="_blank" />,
      body: <PublicArticle page={await typedPage(view, content.data, reader.at)} reader={reader} isPreview />,
      headers: { 'cache-control': 'private, no-store' },
      framed: { paper: form.get('paper') === 'dark' ? 'dark' : 'light' },
    })
  } catch (error) {
    if (error instanceof TRPCError) return new Response(null, { status: getHTTPStatusCodeFromError(error) })
    if (error instanceof SyntaxError) return new Response(null, { status: 400 })
    throw error
  }
}
