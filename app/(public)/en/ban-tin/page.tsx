import { listMetadata, listPage } from '../../public-pages.tsx'

export const generateMetadata = listMetadata('en')
export default listPage('en')
