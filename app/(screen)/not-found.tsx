import { RefusedPage } from '../RefusedPage.tsx'

export default function NotFound() {
  return (
    <main>
      <RefusedPage why="notFound" />
    </main>
  )
}
