import { RefusedPage } from '../RefusedPage.tsx'

export default function Forbidden() {
  return <RefusedPage why="forbidden" />
}
