import { RefusedPage } from '../RefusedPage.tsx'

export default function Forbidden() {
  return (
    <main>
      <RefusedPage why="forbidden" />
    </main>
  )
}
