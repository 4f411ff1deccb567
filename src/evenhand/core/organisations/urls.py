"""The addresses under which people claim and look after organisations."""

from django.urls import path

from evenhand.core.organisations.views import claims, keeping

urlpatterns = [
    path("", claims.mine, name="organisations_mine"),
    path("claim/", claims.begin, name="claim_begin"),
    path("claims/<uuid:pk>/", claims.claim, name="claim"),
    path("claims/<uuid:pk>/send", claims.send, name="claim_send"),
    path("claims/<uuid:pk>/evidence", claims.add_evidence, name="claim_evidence"),
    path("claims/<uuid:pk>/hand-in", claims.hand_in, name="claim_hand_in"),
    path("claims/<uuid:pk>/withdraw", claims.withdraw, name="claim_withdraw"),
    path("claims/<uuid:pk>/prove/<str:key>/", claims.prove, name="claim_prove"),
    path("invitations/<str:key>/", keeping.invitation, name="invitation"),
    path("<slug:slug>/", keeping.kept, name="organisation_kept"),
    path("<slug:slug>/change/", keeping.change, name="organisation_change"),
    path("<slug:slug>/facts/", keeping.state_fact, name="organisation_fact"),
    path("<slug:slug>/facts/<int:pk>/withdraw", keeping.withdraw_fact, name="organisation_fact_withdraw"),
    path("<slug:slug>/invite", keeping.invite, name="organisation_invite"),
    path("<slug:slug>/invitations/<uuid:pk>/withdraw", keeping.withdraw_invitation, name="invitation_withdraw"),
    path("<slug:slug>/people/<int:held>/end", keeping.end, name="organisation_end"),
    path("<slug:slug>/people/<int:held>/hand-over", keeping.hand_over, name="organisation_hand_over"),
    path("<slug:slug>/close", keeping.close, name="organisation_close"),
]
