import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { numbersPage, renderNumbers } from './numbers-page.ts'
import { root } from './run.ts'

writeFileSync(join(root, numbersPage), renderNumbers())
