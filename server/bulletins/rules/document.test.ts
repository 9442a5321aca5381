import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Block, cleanDocument, safeAddress } from './document.ts'
import { documentHtml } from './document-html.ts'
import { documentText, imagesOf, linksOf, wordsIn } from './document-text.ts'

const image = (fileId: string) => `https://desk.example/${fileId}.jpg`
const html = (content: unknown) => documentHtml(cleanDocument({ type: 'doc', content }), { image })
const text = (words: string, marks?: unknown) => ({ type: 'text', text: words, ...(marks ? { marks } : {}) })
const link = (href: unknown) => [{ type: 'link', attrs: { href } }]
const fileId = '01a210e2-fbe9-78d5-aa7f-476ed1cb69a7'

describe('an address behind a link', () => {
  test.each([
    'https://hanoi.gov.vn/tin?a=1&b=2#c',
    'http://[2001:db8::1]/',
    'tel:1022',
    'tel:+84243.825.3536',
    'mailto:banbientap@hanoi.gov.vn',
  ])('%s is allowed', (address) => {
    expect(safeAddress(address)).toBe(address)
  })

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'jav&#x09;ascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'blob:https://desk/1',
    'file:///etc/passwd',
    '//evil.example/',
    '/reports',
    '#top',
    'https://',
    'https:///evil.example',
    'https://a b.example',
    'http:javascript:alert(1)',
    'mailto:a@b.example javascript:alert(1)',
    'tel:<script>',
    `https://a.example/${'x'.repeat(3000)}`,
    '',
    null,
    { toString: () => 'https://a.example' },
  ])('%j may not', (address) => {
    expect(safeAddress(address)).toBeNull()
  })
})

/** Pasted, imported or sent to the procedure with bad intentions: of each, only plain words survive. */
const hostile: [string, unknown, string][] = [
  [
    'markup as text',
    [{ type: 'paragraph', content: [text('<script>alert(1)</script>')] }],
    '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>',
  ],
  [
    'an attribute breaking out',
    [{ type: 'image', attrs: { fileId, alt: '" onerror="alert(1)' } }],
    `<figure><img src="${image(fileId)}" alt="&quot; onerror=&quot;alert(1)"></figure>`,
  ],
  ['a script node', [{ type: 'script', content: [text('alert(1)')] }], ''],
  ['an iframe node', [{ type: 'iframe', attrs: { src: 'https://evil.example' } }], ''],
  ['raw html', [{ type: 'html', html: '<img src=x onerror=alert(1)>' }], ''],
  ['an unknown node around text', [{ type: 'div', content: [{ type: 'paragraph', content: [text('a')] }] }], ''],
  [
    'handlers and styles as attributes',
    [{ type: 'paragraph', attrs: { onclick: 'alert(1)', style: 'position:fixed', class: 'x' }, content: [text('a')] }],
    '<p>a</p>',
  ],
  [
    'a heading of any tag',
    [{ type: 'heading', attrs: { level: '1 onclick=alert(1)' }, content: [text('a')] }],
    '<h2>a</h2>',
  ],
  ['a heading of the page', [{ type: 'heading', attrs: { level: 1 }, content: [text('a')] }], '<h2>a</h2>'],
  ['a script behind a link', [{ type: 'paragraph', content: [text('a', link('javascript:alert(1)'))] }], '<p>a</p>'],
  [
    'an unknown mark',
    [{ type: 'paragraph', content: [text('a', [{ type: 'textStyle', attrs: { style: 'x' } }, { type: 'bold' }])] }],
    '<p><strong>a</strong></p>',
  ],
  [
    'more attributes on a link',
    [
      {
        type: 'paragraph',
        content: [text('a', [{ type: 'link', attrs: { href: 'https://a.example', target: '_top', onclick: 'x' } }])],
      },
    ],
    '<p><a href="https://a.example" rel="nofollow">a</a></p>',
  ],
  [
    'a quote in a link',
    [{ type: 'paragraph', content: [text('a', link('https://a.example/"onmouseover="alert(1)'))] }],
    '<p><a href="https://a.example/&quot;onmouseover=&quot;alert(1)" rel="nofollow">a</a></p>',
  ],
  [
    'an image from elsewhere',
    [{ type: 'image', attrs: { src: 'https://evil.example/x.svg', fileId: 'https://evil.example' } }],
    '',
  ],
  ['an image that climbs', [{ type: 'image', attrs: { fileId: '../../etc/passwd' } }], ''],
  [
    'a number that is none',
    [{ type: 'paragraph', content: [{ type: 'phone', attrs: { number: '1022<script>' } }] }],
    '<p></p>',
  ],
  [
    'a callout of any tone',
    [{ type: 'callout', attrs: { tone: 'x" onclick="' }, content: [{ type: 'paragraph', content: [text('a')] }] }],
    '<blockquote><p>a</p></blockquote>',
  ],
  [
    'cells of any width',
    [
      {
        type: 'table',
        content: [
          {
            type: 'tableRow',
            content: [
              {
                type: 'tableCell',
                attrs: { colspan: '9 onclick=x', rowspan: 1e9 },
                content: [{ type: 'paragraph', content: [text('a')] }],
              },
            ],
          },
        ],
      },
    ],
    '<table><tbody><tr><td><p>a</p></td></tr></tbody></table>',
  ],
  [
    'text that is no text',
    [{ type: 'paragraph', content: [{ type: 'text', text: { toString: 'x' } }, { type: 'text' }] }],
    '<p></p>',
  ],
  ['controls within words', [{ type: 'paragraph', content: [text('a\u0000\u0008b\ud800')] }], '<p>ab\ufffd</p>'],
]

describe('a hostile document', () => {
  test.each(hostile)('%s comes out inert', (_, content, expected) => {
    expect(html(content)).toBe(expected)
  })

  test.each([[null], [42], ['<script>'], [[]], [{ content: 'x' }], [{ content: [null, 7, [], 'a'] }]])(
    '%j becomes an empty one',
    (value) => {
      expect(cleanDocument(value)).toEqual({ type: 'doc', content: [] })
    },
  )

  test('nested too deep, or too large, is cut', () => {
    let nested: unknown = { type: 'paragraph', content: [text('deep')] }
    for (let depth = 0; depth < 500; depth += 1)
      nested = { type: 'callout', attrs: { tone: 'info' }, content: [nested] }
    expect(cleanDocument({ content: [nested] }).content).toEqual([])
    const many = Array.from({ length: 20_000 }, () => ({ type: 'paragraph' }))
    expect(cleanDocument({ content: many }).content.length).toBeLessThanOrEqual(5_000)
    expect(
      wordsIn(cleanDocument({ content: [{ type: 'paragraph', content: [text('a '.repeat(500_000))] }] })),
    ).toBeLessThanOrEqual(100_000)
  })

  test('whatever comes in, the result passes again unchanged and holds no tag', {
    timeout: 60_000,
  }, () => {
    const anything = fc.letrec((tie) => ({
      node: fc.record(
        {
          type: fc.oneof(
            fc.constantFrom(
              'paragraph',
              'heading',
              'bulletList',
              'listItem',
              'table',
              'tableRow',
              'tableCell',
              'image',
              'callout',
              'text',
              'phone',
              'hardBreak',
              'blank',
              'script',
            ),
            fc.string(),
          ),
          text: fc.oneof(fc.string({ unit: 'binary' }), fc.anything()),
          attrs: fc.oneof(
            fc.anything(),
            fc.record({
              level: fc.integer(),
              number: fc.string(),
              fileId: fc.constant(fileId),
              alt: fc.string(),
              start: fc.integer(),
            }),
          ),
          marks: fc.oneof(
            fc.anything(),
            fc.array(
              fc.record({
                type: fc.constantFrom('bold', 'superscript', 'subscript', 'link', 'x'),
                attrs: fc.record({ href: fc.webUrl() }),
              }),
            ),
          ),
          content: fc.array(tie('node'), { maxLength: 3 }),
        },
        { requiredKeys: ['type'] },
      ),
    }))
    const allowed = /^(p|h[234]|ul|ol|li|table|tbody|tr|t[dh]|blockquote|figure|figcaption|img|strong|em|sup|sub|a|br)$/
    fc.assert(
      fc.property(fc.array(anything.node, { maxLength: 6 }), (content) => {
        const clean = cleanDocument({ content })
        expect(cleanDocument(clean)).toEqual(clean)
        const tags = [...documentHtml(clean, { image }).matchAll(/<\/?([a-z0-9]+)/g)].map(([, tag]) => tag as string)
        expect(tags.filter((tag) => !allowed.test(tag))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

test('the words, links and images of a document are found wherever they are', () => {
  const paragraph = (...content: unknown[]) => ({ type: 'paragraph', content })
  const document = cleanDocument({
    content: [
      { type: 'heading', attrs: { level: 2 }, content: [text('Đường vòng')] },
      {
        type: 'bulletList',
        content: [
          {
            type: 'listItem',
            content: [
              paragraph(
                text('Xem ', link('https://a.example')),
                text('bản đồ', [...link('https://a.example'), { type: 'bold' }]),
              ),
            ],
          },
        ],
      },
      { type: 'callout', attrs: { tone: 'danger' }, content: [{ type: 'image', attrs: { fileId, alt: 'Cầu' } }] },
      paragraph(text('Gọi '), { type: 'phone', attrs: { number: '1022' } }),
    ],
  })
  expect(documentText(document)).toBe('Đường vòng\n\n– Xem bản đồ\n\nCầu\n\nGọi 1022')
  expect(linksOf(document)).toEqual([{ href: 'https://a.example', text: 'Xem bản đồ' }])
  expect(imagesOf(document)).toEqual([fileId])
  const blocks: Block['type'][] = document.content.map(({ type }) => type)
  expect(blocks).toEqual(['heading', 'bulletList', 'callout', 'paragraph'])
})

test('superscript and subscript digits are kept, as a mark and as plain text', () => {
  const marked = (words: string, ...types: string[]) =>
    text(
      words,
      types.map((type) => ({ type })),
    )
  const document = cleanDocument({
    content: [
      {
        type: 'paragraph',
        content: [
          text('12 km'),
          marked('2', 'superscript'),
          text(', Ca(ClO)'),
          marked('2', 'subscript'),
          marked('x', 'subscript', 'superscript'),
        ],
      },
    ],
  })
  expect(documentText(document)).toBe('12 km², Ca(ClO)₂x')
  expect(documentHtml(document, { image })).toBe('<p>12 km<sup>2</sup>, Ca(ClO)<sub>2</sub><sup>x</sup></p>')
})
