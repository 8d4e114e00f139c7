//! On what ground information about a client is got or given: one list, of which each use takes its part.

use kernel::coded;

coded! {
    /// A ground for getting or giving information (703/2023 chapter 8 and the acts beside it), as the log of disclosures
    /// needs it.
    Ground {
        /// Between the provider's own social services, what is necessary, 4 § 3.
        OwnRegister = "own_register",
        /// Among those who carry out a joint service of social and health care in a shared unit, 53 § 1.
        JointService = "joint_service",
        /// Patient data by the client's itemised disclosure permit (luovutuslupa), 53 § 2.
        PatientToSocialPermit = "patient_to_social_permit",
        /// Social welfare data to health care by the client's itemised permit, 53 § 3.
        SocialToHealthPermit = "social_to_health_permit",
        /// Social welfare data to another provider by the client's permit, 55 § 1.
        SocialToSocialPermit = "social_to_social_permit",
        /// The client cannot assess the permit and has no legal representative, 53 § 5–6, 55 § 2.
        IncapableNoRep = "incapable_no_rep",
        /// The right of a social welfare authority towards health care, 53 § 5.
        AuthorityHealth = "authority_right_health",
        /// The right of a social welfare authority towards other social welfare, 55 § 2.
        AuthoritySocial = "authority_right_social",
        /// Care must be secured although the permit cannot be had or is refused, 56 §.
        SecureCare = "secure_care",
        /// To the police for a threat to life or health, 62 §.
        PoliceThreat = "police_threat",
        /// To a court or an authority in the authority's own matter, 63 §.
        CourtAuthorityMatter = "court_authority_matter",
        /// Suspected misuse of a benefit, 63 §.
        BenefitFraud = "benefit_fraud",
        /// A serious crime, 63 §.
        SeriousCrime = "serious_crime",
        /// The right towards authorities, Kela, insurers, schools and banks, 64 §.
        AuthorityRequest = "authority_request",
        /// Between the county and Kela for social assistance, TotuL 18 a, 18 g §.
        Kela = "kela_assistance",
        /// Partners record what is indispensable of a shared client, 48 §.
        MultiSectorRecording = "multi_sector_recording",
        /// Members who draw up an activation plan, KutyL 12 §.
        ActivationPlan = "activation_plan",
        /// Notified by another authority on its own initiative, SHL 35 §.
        Notice = "notice_35",
        /// The matter came to the wrong authority, HL 21 §.
        WrongAuthority = "wrong_authority",
        /// The client's consent, 6 §.
        Consent = "consent",
    }
}

impl Ground {
    /// Grounds on which information comes from elsewhere than the client (703/2023 39 §).
    pub const OUTSIDE: &'static [Self] = &[
        Self::Consent,
        Self::SocialToSocialPermit,
        Self::PatientToSocialPermit,
        Self::AuthoritySocial,
        Self::AuthorityHealth,
        Self::AuthorityRequest,
        Self::Kela,
        Self::JointService,
        Self::IncapableNoRep,
        Self::SecureCare,
        Self::MultiSectorRecording,
        Self::ActivationPlan,
        Self::Notice,
        Self::OwnRegister,
    ];

    /// Grounds on which a matter is sent to another county's social welfare.
    pub const TRANSFER: &'static [Self] = &[
        Self::WrongAuthority,
        Self::SocialToSocialPermit,
        Self::AuthoritySocial,
        Self::IncapableNoRep,
        Self::SecureCare,
        Self::Consent,
    ];

    /// A stored code. Rows from before there was one list say `permit` for the permit of 55 § 1.
    pub fn read(code: &str) -> Option<Self> {
        match code {
            "permit" => Some(Self::SocialToSocialPermit),
            code => Self::from_code(code),
        }
    }

    /// The ground of a form, when it is one of those that the form offers.
    pub fn among(offered: &[Self], code: &str) -> Option<Self> {
        Self::from_code(code).filter(|ground| offered.contains(ground))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_codes_keep_reading() {
        let outside = [
            "own_register",
            "consent",
            "permit",
            "authority_right_social",
            "authority_right_health",
            "authority_request",
            "notice_35",
            "kela_assistance",
        ];
        let transfer = [
            "wrong_authority",
            "permit",
            "authority_right_social",
            "secure_care",
            "consent",
        ];
        for (codes, offered) in [
            (&outside[..], Ground::OUTSIDE),
            (&transfer[..], Ground::TRANSFER),
        ] {
            for code in codes {
                let ground = Ground::read(code).unwrap();
                assert!(offered.contains(&ground), "{code}");
            }
        }
        assert_eq!(Ground::from_code("permit"), None, "written no more");
        assert_eq!(Ground::read("nonsense"), None);
    }

    #[test]
    fn a_form_takes_only_what_it_offers() {
        let police = Ground::PoliceThreat.code();
        assert_eq!(Ground::among(Ground::TRANSFER, police), None);
        assert_eq!(Ground::among(Ground::OUTSIDE, police), None);
        assert_eq!(
            Ground::among(Ground::TRANSFER, "secure_care"),
            Some(Ground::SecureCare)
        );
        for list in [Ground::OUTSIDE, Ground::TRANSFER] {
            let mut once = list.to_vec();
            once.sort();
            once.dedup();
            assert_eq!(once.len(), list.len());
        }
    }
}
