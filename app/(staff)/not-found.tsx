import { RefusedPage } from '../RefusedPage.tsx'

export default function NotFound() {
  return <RefusedPage why="notFound" />
}
