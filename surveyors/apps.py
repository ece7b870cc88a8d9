from foundation.apps import PortalAppConfig


class SurveyorsConfig(PortalAppConfig):
    name = "surveyors"
