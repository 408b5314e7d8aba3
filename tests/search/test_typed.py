


def test_of_equal_facts_those_of_primary_sources_come_first(answerer: Answerer) -> None:
    told = answerer.ranker.typed
    facts = answerer.index.manifest["facts"]
    reported = [facts[number] for number in told.reported]
    assert reported == ["handling/shared-links-review"]
    scores = [1.0] * len(facts)
    assert facts[told.best_first(scores)[-1]] == "handling/shared-links-review"
    scores[facts.index("handling/shared-links-review")] = 1.1
    assert facts[told.best_first(scores)[0]] == "handling/shared-links-review"
