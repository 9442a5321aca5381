import { WallSkeleton } from '#components/insights/wall/WallSkeleton.tsx'

export default function ScreenLoading() {
  return <WallSkeleton />
}
