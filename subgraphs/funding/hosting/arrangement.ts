/** Whether an arrangement can hold money: of one that only runs a secretariat nothing is said of money or law. */
export const holdsMoney = ({ data }: { data: string }): boolean =>
  (JSON.parse(data) as { form: string }).form !== 'COORDINATOR';
