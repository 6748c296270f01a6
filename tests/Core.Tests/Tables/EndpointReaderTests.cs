using RadiogenomicsCloud.Tables;
using static RadiogenomicsCloud.Core.Tests.Tables.TableTestData;

namespace RadiogenomicsCloud.Core.Tests.Tables;

public class EndpointReaderTests
{
    private static BinaryEndpointColumn Read(string? eventLabel, params string[] cells) =>
        EndpointReader.Binary(Csv("case_id,e\n" + string.Concat(cells.Select((cell, r) => $"P{r},{cell}\n"))), "e", eventLabel);

    [Theory]
    [InlineData("1", "0")]
    [InlineData("true", "false")]
    [InlineData("Yes", "no")]
    [InlineData("YES", "NO")]
    [InlineData("2", "1")]
    [InlineData("10", "9")]
    [InlineData("wt", "Mutant")]
    [InlineData("G3", "G2")]
    public void The_event_is_one_true_yes_or_else_the_later_label(string label, string reference)
    {
        var endpoint = Read(null, reference, label, "NA", reference);
        Assert.Equal((label, reference), (endpoint.EventLabel, endpoint.ReferenceLabel));
        Assert.Equal([false, true, false], endpoint.Values);
        Assert.Equal(["P0", "P1", "P3"], endpoint.CaseIds);
        Assert.Equal(["P2"], endpoint.MissingCaseIds);
    }

    [Fact]
    public void A_given_event_label_decides()
    {
        Assert.Equal([true, false], Read("Mutant", "Mutant", "wt").Values);
        Assert.Equal([true, false], Read("0", "0", "1").Values);
        Assert.Equal("endpoint.event-label", Assert.Throws<BadInputException>(() => Read("mut", "Mutant", "wt")).Code);
    }

    [Fact]
    public void One_class_none_or_many_are_refused()
    {
        Assert.Equal("endpoint.one-class", Assert.Throws<BadInputException>(() => Read(null, "1", "1", "")).Code);
        Assert.Equal("endpoint.empty", Assert.Throws<BadInputException>(() => Read(null, "", "NA")).Code);
        Assert.Equal("endpoint.letter-case", Assert.Throws<BadInputException>(() => Read(null, "yes", "Yes")).Code);
        var many = Assert.Throws<BadInputException>(() => Read(null, "1", "0", "x"));
        Assert.Equal("endpoint.too-many-classes", many.Code);
        Assert.Contains("0, 1, x", many.Message, StringComparison.Ordinal);
        Assert.Equal("table.missing-column", Assert.Throws<BadInputException>(() => EndpointReader.Binary(Csv("case_id,f\nA,1\n"), "e")).Code);
    }
}
