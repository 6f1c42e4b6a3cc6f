import { describeGolden } from '../../support/golden';

describeGolden('networks');
