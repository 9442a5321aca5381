import { createTranslator } from 'next-intl'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { alertPanelOf, contentOf, textOf } from '#db/factories/bulletins.ts'
import { messagesOf } from '#messages/catalog.ts'
import type { Locale } from '#messages/locales.ts'
import type { Listing } from '#server/bulletins/http/reading.ts'
import type { PublicPage } from '#server/bulletins/queries/public.ts'
import type { PublicListAddress } from '#server/bulletins/rules/public-list.ts'
import { PublicArticle } from './PublicArticle.tsx'
import { ArticleHead, ListHead } from './PublicHead.tsx'
import type { Reader } from './reader.ts'

const at = new Date('2026-03-02T03:00:00Z')
const readerIn = (locale: Locale, moment = at): Reader => ({
  locale,
  t: createTranslator({ locale, messages: messagesOf(locale) }),
  home: 'https://hanoi.example',
  at: moment,
})

const pageOf = (more: Partial<PublicPage> = {}): PublicPage => ({
  id: '6f2d1d5e-8a0a-4a4e-9d2b-3d1f0b6c7a10',
  slug: 'cam-cau',
  number: 12,
  incident: { id: '6f2d1d5e-8a0a-4a4e-9d2b-3d1f0b6c7a11', name: 'Bão số 3', nameEn: 'Typhoon No. 3' },
  standing: 'live',
  content: contentOf(),
  firstPublishedAt: new Date('2026-03-02T01:00:00Z'),
  publishedAt: new Date('2026-03-02T01:00:00Z'),
  changedAt: new Date('2026-03-02T01:00:00Z'),
  notice: '',
  noticeEn: '',
  areas: [],
  areaCodes: [],
  corrections: [],
  supersededBy: null,
  images: new Map(),
  alertId: null,
  loudspeaker: { text: '', seconds: 0 },
  ...more,
})

const drawn = (page: PublicPage, reader = readerIn('vi')) =>
  renderToStaticMarkup(createElement(PublicArticle, { page, reader }))
const headOf = (page: PublicPage, locale: Locale) =>
  renderToStaticMarkup(createElement(ArticleHead, { page, reader: readerIn(locale) }))
const structuredIn = (html: string) =>
  JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)?.[1] ?? 'null')

describe('a warning of two years ago', () => {
  const content = contentOf('Sơ tán ngay', {
    validFrom: '2024-09-07T01:00:00.000Z',
    validTo: '2024-09-07T12:00:00.000Z',
    alert: alertPanelOf({ expires: '2024-09-07T15:00:00.000Z' }),
  })
  const html = drawn(pageOf({ content }))

  test('says first that it has expired, and where to read on', () => {
    expect(html.indexOf('Bản tin này đã hết hiệu lực')).toBeLessThan(html.indexOf('<h1'))
    expect(html).toContain('Hết hiệu lực lúc 07/09/2024 22:00.')
    expect(html).toContain('<span class="mark">Hết hiệu lực</span>')
  })

  test('shows the instructions as past, without a colour of danger', () => {
    expect(html).toContain('Việc cần làm khi bản tin còn hiệu lực')
    expect(html).not.toContain('data-tone="late"')
    expect(html).not.toContain('data-severity')
  })

  test('says the same in its structured data', () => {
    expect(structuredIn(html)).toMatchObject({ expires: '2024-09-07T15:00:00.000Z', creativeWorkStatus: 'Expired' })
  })
})

test('a warning of two years ago without an end is shown as old', () => {
  const firstPublishedAt = new Date('2024-09-07T01:00:00Z')
  const loudspeaker = { text: 'Bà con không đi qua cầu.', seconds: 5 }
  const old = pageOf({ firstPublishedAt, loudspeaker, content: contentOf('Cấm cầu', { kind: 'road_closed' }) })
  const html = drawn(old)
  expect(structuredIn(html)).toHaveProperty('creativeWorkStatus', 'Obsolete')
  expect(html).not.toContain(loudspeaker.text)
  expect(drawn({ ...old, firstPublishedAt: at })).toContain(loudspeaker.text)
  expect(headOf(old, 'vi')).toContain('-stale"')
  expect(html.indexOf('Bản tin này đã cũ')).toBeLessThan(html.indexOf('<h1'))
  expect(html).toContain('Đăng lúc 07/09/2024 08:00, không ghi thời hạn hiệu lực.')
  expect(html).toContain('<span class="mark">Tin cũ</span>')
  expect(html).not.toContain('data-severity')
  expect(drawn(pageOf())).not.toContain('Tin cũ')
})

test('an English page names the incident and the source in English, and marks a Vietnamese name as such', () => {
  const english = readerIn('en')
  const content = contentOf('Cấm cầu', { source: 'Sở Xây dựng', sourceEn: 'Department of Construction' })
  const named = drawn(pageOf({ content }), english)
  expect(named).toContain('Bulletin 12 / Typhoon No. 3')
  expect(named).toContain('Bulletins about Typhoon No. 3')
  expect(named).toContain('<dd lang="en">Department of Construction</dd>')
  expect(named).not.toMatch(/Bão số 3|Sở Xây dựng/)

  const incident = { id: pageOf().incident?.id ?? '', name: 'Bão số 3', nameEn: '' }
  const unnamed = drawn(pageOf({ incident, content: { ...content, sourceEn: '' } }), english)
  expect(unnamed).toContain('Bulletin 12 / <span lang="vi">Bão số 3</span>')
  expect(unnamed).toContain('<dd lang="vi">Sở Xây dựng</dd>')
  expect(drawn(pageOf({ content }))).toContain('Bản tin 12 / Bão số 3')
})

test('a bulletin in force says until when, and shows what to do', () => {
  const html = drawn(pageOf({ content: contentOf('Sơ tán', { alert: alertPanelOf() }) }))
  expect(html).toContain('Còn hiệu lực đến 02/03/2026 22:00')
  expect(html).toContain('<div class="notice" data-tone="late"><strong>Việc cần làm</strong>')
  expect(html).not.toMatch(/hết hiệu lực/i)
  expect(structuredIn(html)).not.toHaveProperty('creativeWorkStatus')
})

test.each([
  ['longer', '2026-03-02T20:00:00.000Z'],
  ['shorter', '2026-03-02T04:00:00.000Z'],
])('issued as an alert it is in force from now until the alert lapses, though its own dates are %s', (_, validTo) => {
  const content = contentOf('Sơ tán', { validFrom: '2026-03-02T03:30:00.000Z', validTo, alert: alertPanelOf() })
  const html = drawn(pageOf({ content }))
  expect(html).toContain('Còn hiệu lực đến 02/03/2026 22:00')
  expect(html).toContain('<dt>Có hiệu lực đến</dt><dd>02/03/2026 22:00</dd>')
  expect(html).toContain('<p>Có hiệu lực đến 02/03/2026 22:00</p>')
  expect(html).not.toMatch(/Có hiệu lực từ|Chưa có hiệu lực/)
  expect(structuredIn(html)).toMatchObject({ expires: '2026-03-02T15:00:00.000Z' })
  const later = drawn(pageOf({ content }), readerIn('vi', new Date('2026-03-02T15:00:00Z')))
  expect(later).toContain('Hết hiệu lực lúc 02/03/2026 22:00.')
})

test('a warning without an end says so, a piece of news does not', () => {
  expect(drawn(pageOf())).toContain('<dd>không ghi thời hạn</dd>')
  expect(drawn(pageOf({ content: contentOf('Tin', { kind: 'news' }) }))).not.toContain('<dd>không ghi thời hạn</dd>')
})

test('the other language is named only where the bulletin exists in it', () => {
  const vietnamese = pageOf({ content: contentOf('Cấm cầu', { en: null }) })
  expect(headOf(pageOf(), 'vi').match(/hrefLang="(vi|en)"/g)).toHaveLength(2)
  expect(headOf(vietnamese, 'vi')).not.toContain('hrefLang')
  expect(headOf(vietnamese, 'en')).toContain('https://hanoi.example/ban-tin/cam-cau/chia-se-')
  // The English address repeats the Vietnamese text: search machines are sent to the original.
  expect(headOf(vietnamese, 'en')).toContain('<link rel="canonical" href="https://hanoi.example/ban-tin/cam-cau"/>')
  expect(headOf(pageOf(), 'en')).toContain('<link rel="canonical" href="https://hanoi.example/en/ban-tin/cam-cau"/>')
  expect(drawn(vietnamese)).toContain('<a href="/en/ban-tin" lang="en"')
  expect(drawn(pageOf())).toContain('<a href="/en/ban-tin/cam-cau" lang="en"')
})

test('print shows issuer, number, times, validity and address', () => {
  const html = drawn(pageOf({ content: contentOf('Cấm cầu', { validTo: '2026-03-02T11:00:00.000Z' }) }))
  const [paper] = /<div class="paper">.*?<\/div>/s.exec(html) ?? ['']
  const words = paper.replace(/<[^>]+>/g, '\n')
  for (const said of [
    'Ủy ban nhân dân thành phố Hà Nội',
    'Bản tin 12 / Bão số 3 · Phát hành lúc 02/03/2026 08:00',
    'Có hiệu lực đến 02/03/2026 18:00',
    'https://hanoi.example/ban-tin/cam-cau',
    'Bản tải về lúc 02/03/2026 10:00',
  ])
    expect(words).toContain(said)
  expect(paper).toContain('data-printed="In lúc {at}"')
})

test('nothing that an editor types becomes markup of the page', () => {
  const title = '</script><script>alert(1)</script><img src=x onerror=alert(1)>'
  const text = textOf(title, title)
  const content = contentOf(title, { vi: { ...text, summary: title }, contact: title, source: title })
  const html = drawn(
    pageOf({ content, notice: title, standing: 'withdrawn', areas: [title], areaCodes: ['"><script>'] }),
  )
  expect(html.match(/<script/g)).toHaveLength(1)
  expect(html).not.toContain('<img')
  expect(structuredIn(html)).toMatchObject({ name: title })
  expect(headOf(pageOf({ content }), 'vi')).not.toContain('<script')
})

test('the list of a commune, or of an incident, names only its own feeds', () => {
  const [area, incident] = ['00004', '6f2d1d5e-8a0a-4a4e-9d2b-3d1f0b6c7a11']
  const feedsIn = (address: Partial<PublicListAddress>, locale: Locale) => {
    const whole = { area: null, incident: null, kind: null, words: '', before: null, ...address }
    const listing = { address: whole } as Listing
    const html = renderToStaticMarkup(createElement(ListHead, { listing, reader: readerIn(locale) }))
    return [...html.matchAll(/href="(\/feeds\/[^"]*)"/g)].map(([, href]) => href)
  }
  const formats = ['atom', 'rss', 'json']
  expect(feedsIn({ area }, 'vi')).toEqual(formats.map((format) => `/feeds/bulletins.${format}?area=${area}`))
  expect(feedsIn({ incident }, 'en')).toEqual(
    formats.map((format) => `/feeds/bulletins.${format}?incident=${incident}&amp;lang=en`),
  )
})
