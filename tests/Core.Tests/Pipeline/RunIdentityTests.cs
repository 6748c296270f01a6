using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public class RunIdentityTests
{
    private static readonly CohortFile[] Files = [new("clinical.csv", "aa", 1, "v1"), new("imaging/A.zip", "bb", 2, "v2")];

    [Fact]
    public void Versions_of_files_do_not_count_and_places_do()
    {
        Assert.Equal(RunIdentity.CohortHash(Files), RunIdentity.CohortHash([.. Files.Select(f => f with { Version = "other" })]));
        Assert.NotEqual(RunIdentity.CohortHash(Files), RunIdentity.CohortHash([Files[0], Files[1] with { Path = "imaging/B.zip" }]));
    }

    [Fact]
    public void Quarantined_cases_and_their_reasons_count_and_none_is_as_before()
    {
        var plain = RunIdentity.CohortHash(Files);
        Assert.Equal(plain, RunIdentity.CohortHash(new CohortSnapshot(Files)));
        Assert.Equal(plain, RunIdentity.CohortHash(new CohortSnapshot(Files, [])));
        var one = RunIdentity.CohortHash(new CohortSnapshot(Files, [new("B", "wrong hash")]));
        Assert.NotEqual(plain, one);
        Assert.NotEqual(one, RunIdentity.CohortHash(new CohortSnapshot(Files, [new("B", "a name")])));
        Assert.NotEqual(RunIdentity.For("s", Files, "1"), RunIdentity.For("s", new CohortSnapshot(Files, [new("B", "a name")]), "1"));
    }
}
