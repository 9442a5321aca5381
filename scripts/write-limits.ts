import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { limitsPage, renderLimits } from './limits-page.ts'
import { root } from './run.ts'

const target = join(root, limitsPage)
mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, renderLimits())
