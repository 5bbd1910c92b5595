//! The ranges themselves.
use super::{
    AddressRequirement::{Any, Local as InCountry},
    Country,
    NumberKind::{Local, Mobile, National, TollFree},
    Place, Range, Series, Terms,
};
use crate::money::Money;

const NOWHERE: Place = Place { locality: "", region: "", postal_code: "", rate_center: "", lata: "", position: None };

const fn town(locality: &'static str, region: &'static str) -> Place {
    Place { locality, region, ..NOWHERE }
}

const fn range(first: u64, span: u64, take: u64, place: Place) -> Range {
    Range { first, span, take, place }
}

/// The hundred fictitious numbers of an area code.
const fn area(
    code: u64,
    locality: &'static str,
    region: &'static str,
    more: (&'static str, &'static str, f64, f64),
) -> Range {
    let (postal_code, lata, north, east) = more;
    let place = Place { locality, region, postal_code, rate_center: locality, lata, position: Some((north, east)) };
    range(10_000_000_000 + code * 10_000_000 + 5_550_100, 100, 30, place)
}

const fn toll_free(code: u64) -> Range {
    range(10_000_000_000 + code * 10_000_000 + 5_550_100, 100, 20, NOWHERE)
}

pub(super) static COUNTRIES: [Country; 6] = [
    Country {
        iso: "AU",
        name: "Australia",
        prefix: "+61",
        segment: Money::of(515),
        series: &[
            Series {
                terms: Terms { sms: false, address: Any, ..Terms::plain("AU", Local, 300) },
                ranges: &[
                    range(61_255_500_000, 10_000, 15, town("Sydney", "NSW")),
                    range(61_370_100_000, 10_000, 15, town("Melbourne", "VIC")),
                    range(61_755_500_000, 10_000, 15, town("Brisbane", "QLD")),
                    range(61_855_500_000, 10_000, 15, town("Perth", "WA")),
                ],
            },
            Series {
                terms: Terms { address: Any, identity: true, mms: true, ..Terms::plain("AU", Mobile, 650) },
                ranges: &[range(61_491_570_156, 4, 4, NOWHERE)],
            },
        ],
    },
    Country {
        iso: "DE",
        name: "Germany",
        prefix: "+49",
        segment: Money::of(1050),
        series: &[Series {
            terms: Terms { sms: false, address: InCountry, bundle: true, ..Terms::plain("DE", Local, 115) },
            ranges: &[
                range(493_023_125_000, 1000, 12, town("Berlin", "BE")),
                range(496_990_009_000, 1000, 12, town("Frankfurt am Main", "HE")),
                range(494_066_969_000, 1000, 12, town("Hamburg", "HH")),
                range(492_214_710_000, 1000, 12, town("Köln", "NW")),
                range(498_999_998_000, 1000, 12, town("München", "BY")),
            ],
        }],
    },
    Country {
        iso: "GB",
        name: "United Kingdom",
        prefix: "+44",
        segment: Money::of(524),
        series: &[
            Series {
                terms: Terms { sms: false, address: Any, ..Terms::plain("GB", Local, 115) },
                ranges: &[
                    range(442_079_460_000, 1000, 30, town("London", "England")),
                    range(441_614_960_000, 1000, 30, town("Manchester", "England")),
                    range(441_314_960_000, 1000, 30, town("Edinburgh", "Scotland")),
                ],
            },
            Series {
                terms: Terms { bundle: true, mms: true, ..Terms::plain("GB", Mobile, 115) },
                ranges: &[range(447_700_900_000, 1000, 30, NOWHERE)],
            },
            Series {
                terms: Terms { sms: false, ..Terms::plain("GB", TollFree, 215) },
                ranges: &[range(448_081_570_000, 1000, 20, NOWHERE)],
            },
            Series {
                terms: Terms { sms: false, ..Terms::plain("GB", National, 115) },
                ranges: &[range(443_069_990_000, 1000, 20, NOWHERE)],
            },
        ],
    },
    Country {
        iso: "NO",
        name: "Norway",
        prefix: "+47",
        segment: Money::of(680),
        series: &[
            Series {
                terms: Terms { sms: false, address: InCountry, ..Terms::plain("NO", Local, 320) },
                ranges: &[
                    range(4_721_990_000, 1000, 15, town("Oslo", "Oslo")),
                    range(4_755_990_000, 1000, 15, town("Bergen", "Vestland")),
                    range(4_773_990_000, 1000, 15, town("Trondheim", "Trøndelag")),
                    range(4_751_990_000, 1000, 15, town("Stavanger", "Rogaland")),
                ],
            },
            Series {
                terms: Terms { address: Any, ..Terms::plain("NO", Mobile, 300) },
                ranges: &[range(4_759_440_000, 1000, 30, NOWHERE)],
            },
        ],
    },
    Country {
        iso: "SE",
        name: "Sweden",
        prefix: "+46",
        segment: Money::of(599),
        series: &[
            Series {
                terms: Terms { sms: false, address: Any, ..Terms::plain("SE", Local, 120) },
                ranges: &[
                    range(46_846_500_400, 100, 15, town("Stockholm", "Stockholm")),
                    range(46_313_900_600, 100, 15, town("Göteborg", "Västra Götaland")),
                    range(46_406_280_400, 100, 15, town("Malmö", "Skåne")),
                ],
            },
            Series {
                terms: Terms { address: Any, beta: true, ..Terms::plain("SE", Mobile, 300) },
                ranges: &[range(46_701_740_605, 95, 20, NOWHERE)],
            },
        ],
    },
    Country {
        iso: "US",
        name: "United States",
        prefix: "+1",
        segment: Money::of(83),
        series: &[
            Series {
                terms: Terms { mms: true, ..Terms::plain("US", Local, 115) },
                ranges: &[
                    area(415, "San Francisco", "CA", ("94105", "722", 37.78, -122.42)),
                    area(510, "Oakland", "CA", ("94607", "722", 37.8, -122.27)),
                    area(212, "New York", "NY", ("10001", "132", 40.75, -73.99)),
                    area(312, "Chicago", "IL", ("60601", "358", 41.88, -87.63)),
                    area(206, "Seattle", "WA", ("98101", "674", 47.61, -122.33)),
                    area(808, "Hilo", "HI", ("96720", "834", 19.72, -155.09)),
                ],
            },
            Series {
                terms: Terms { mms: true, ..Terms::plain("US", TollFree, 215) },
                ranges: &[toll_free(800), toll_free(833), toll_free(844)],
            },
        ],
    },
];
