import { expect, test } from 'vitest'
import { suggestCategories } from './suggest-category.ts'

const categories = [
  { code: 'DI-01', keywords: ['câu mắc điện', 'mất điện'] },
  { code: 'CX-01', keywords: ['cây', 'cây đổ'] },
]

test.each([
  ['Cây đổ', '', ['CX-01']],
  ['cay do', 'mat dien', ['CX-01', 'DI-01']],
  ['Đèn hỏng', '', []],
])('“%s” with the text “%s” suggests %j', (title, body, codes) =>
  expect(suggestCategories(title, body, categories)).toEqual(codes),
)
