import { type RealBroker } from '@qts/broker-conformance';
import { chkHoliday, type KisBroker } from '../../src/index.ts';

/** The broker with the calendar that KIS offers to live accounts. It asks for it once a day at most. */
export function withCalendar(broker: KisBroker): RealBroker {
  if (broker.rest.environment === 'PAPER') return broker;
  return {
    ...broker,
    async isOpenOn(date) {
      const wanted = date.replaceAll('-', '');
      const days = await broker.rest.read(chkHoliday, 'ONLY', { BASS_DT: wanted, CTX_AREA_NK: '', CTX_AREA_FK: '' });
      return days.find((day) => day.date === wanted)?.open ?? false;
    },
  };
}
