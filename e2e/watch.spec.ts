import { test } from './fixtures.ts'
import { visit } from './visit.ts'

const offences: Record<string, () => void> = {
  'breaks a script': () => {
    setTimeout(() => (null as unknown as { read(): void }).read())
  },
  'brings a style that the content security policy does not know': () => {
    document.head.append(Object.assign(document.createElement('style'), { textContent: 'body { color: red }' }))
  },
  'brings a script that the content security policy does not know': () => {
    document.body.insertAdjacentHTML('beforeend', '<button id="x" onclick="1">x</button>')
    document.getElementById('x')?.click()
  },
}

for (const [what, offend] of Object.entries(offences)) {
  test(`a page that ${what} fails its test`, async ({ page, signedInAs }) => {
    test.fail()
    await visit(page, '/sign-in')
    await page.evaluate(offend)
    const own = await signedInAs('kiemtra')
    await visit(own, '/account')
  })
}

test.describe('a test that states what it provokes', () => {
  test.use({ provokes: [{ complaint: /reading 'read'/, why: 'to see that a named complaint fails nobody' }] })
  test('is not failed by it', async ({ page }) => {
    await visit(page, '/sign-in')
    await page.evaluate(offences['breaks a script'] as () => void)
    await visit(page, '/sign-in')
  })
})
