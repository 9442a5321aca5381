import { createHash } from 'node:crypto'
import { describe, expect } from 'vitest'
import { buildActor } from '#db/factories/accounts.ts'
import { buildBulletin, contentOf, textOf } from '#db/factories/bulletins.ts'
import { buildFile } from '#db/factories/photos.ts'
import { test as databaseTest } from '#db/testing.ts'
import { makePreview } from '#server/bulletins/commands/make-preview.ts'
import { pageTagHeader } from '#server/bulletins/http/page-tag.ts'
import { readingLimits } from '#server/platform/rules/limits.ts'
import { bulletinRoute, listRoute, missingRoute, previewRoute } from './public-routes.tsx'

// The pages read through the connection of the process.
const test = databaseTest.extend('desk', { scope: 'file' }, async ({ databaseUrl }) => {
  expect(databaseUrl).toBe(process.env.DATABASE_URL)
  return null
})

const asked = (path: string, headers: Record<string, string> = {}) =>
  new Request(`http://desk.example${path}`, { headers: { host: 'desk.example', ...headers } })
const named = (slug: string | null) => ({ params: Promise.resolve({ slug: slug ?? '' }) })
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

describe('a public page', () => {
  test('is one response: style and script within it, named by the policy, and nothing else to run or fetch', async ({
    db,
    desk,
  }) => {
    expect(desk).toBeNull()
    const { slug, title } = await buildBulletin(db, { state: 'published' })
    for (const answer of [
      await listRoute('vi')(asked('/ban-tin')),
      await bulletinRoute('en')(asked(`/en/ban-tin/${slug}`), named(slug)),
      await missingRoute('vi')(asked('/ban-tin/a/b')),
    ]) {
      const html = await answer.text()
      const policy = answer.headers.get('content-security-policy') ?? ''
      const [style] = /(?<=<style>).*?(?=<\/style>)/s.exec(html) ?? ['']
      const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map(([, text]) => text as string)
      expect(scripts).toHaveLength(1)
      expect(policy).toContain(`script-src ${hashOf(scripts[0] as string)};`)
      expect(policy).toContain(`style-src ${hashOf(style)};`)
      expect(policy).toContain(`default-src 'none'`)
      expect(Buffer.byteLength(scripts.join(''))).toBeLessThan(readingLimits.scriptBytes)
      expect(html).not.toMatch(/<script[^>]+src=|<link rel="(?:stylesheet|preload|modulepreload)"|_next/)
      expect(html.startsWith('<!doctype html><html lang=')).toBe(true)
    }
    const html = await (await bulletinRoute('vi')(asked(`/ban-tin/${slug}`), named(slug))).text()
    expect(html).toContain(`<title>${title} · Bản tin Hà Nội</title>`)
    expect(html).toContain('<meta property="og:image" content="http://desk.example/ban-tin/')
    expect(html).toContain(`<link rel="canonical" href="http://desk.example/ban-tin/${slug}"/>`)
  })

  test('answers with different status codes what is gone and what never existed', async ({ db }) => {
    const gone = await buildBulletin(db, { state: 'unpublished', content: contentOf('Đã gỡ') })
    const codes = async (slug: string | null) => {
      const answer = await bulletinRoute('vi')(asked(`/ban-tin/${slug}`), named(slug))
      return [answer.status, (await answer.text()).includes('noindex')]
    }
    expect(await codes(gone.slug)).toEqual([410, true])
    expect(await codes('chua-tung-co')).toEqual([404, true])
    expect(await codes('Cầu')).toEqual([404, true])
  })

  test('of a form with empty fields redirects to the address without them', async () => {
    const answer = await listRoute('vi')(asked('/ban-tin?area=&q=c%E1%BA%A7u&kind='))
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/ban-tin?q=c%E1%BA%A7u'])
  })

  test('is rendered once for all requests under one tag, and again under another', async ({ db }) => {
    const { slug } = await buildBulletin(db, { state: 'published', content: contentOf('Một lần') })
    const read = async (tag: string) => {
      const answer = await bulletinRoute('vi')(asked(`/ban-tin/${slug}`, { [pageTagHeader]: tag }), named(slug))
      return [answer.status, await answer.text()]
    }
    const [first, second] = await Promise.all([read('W/"a"'), read('W/"a"')])
    expect(second).toEqual(first)
    expect(first[0]).toBe(200)
    await db.execute(`update bulletins set state = 'unpublished' where slug = '${slug}'`)
    expect((await read('W/"a"'))[0]).toBe(200)
    expect((await read('W/"b"'))[0]).toBe(410)
  })

  test('behind a secret address takes its images from there', async ({ db }) => {
    const editor = await buildActor(db, 'editor')
    const fileId = await buildFile(db, { purpose: 'bulletin_image', attachedAt: new Date() })
    const vi = textOf('Chưa phát hành')
    const image = { type: 'image', attrs: { fileId, alt: 'Cầu', decorative: false, caption: '' } } as const
    const content = contentOf(vi.title, { vi: { ...vi, body: { type: 'doc', content: [...vi.body.content, image] } } })
    const { id } = await buildBulletin(db, { state: 'draft', content })
    const { path } = await makePreview({ db, actor: editor, now: () => new Date() }, { id, hours: 1 })
    const token = path.split('/').at(-1) as string
    const answer = await previewRoute(asked(path), { params: Promise.resolve({ token }) })
    const html = await answer.text()
    expect([answer.status, html]).toEqual([200, expect.stringContaining(`src="${path}/anh/${fileId}/960.jpg"`)])
    expect(html).toContain(`${path}/anh/${fileId}/480.jpg 480w`)
    expect(html).not.toContain('/ban-tin/anh/')
  })
})
