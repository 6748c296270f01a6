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

    [Fact]
    public void Several_classes_are_in_the_order_of_numbers_or_of_their_text()
    {
        var grades = EndpointReader.Multiclass(Csv("case_id,e\nA,10\nB,9\nC,NA\nD,11\n"), "e");
        Assert.Equal(["9", "10", "11"], grades.Labels);
        Assert.Equal([1, 0, 2], grades.Values);
        Assert.Equal(["A", "B", "D"], grades.CaseIds);
        Assert.Equal(["C"], grades.MissingCaseIds);
        Assert.Equal(["astro", "gbm", "oligo"], EndpointReader.Multiclass(Csv("case_id,e\nA,oligo\nB,astro\nC,gbm\n"), "e").Labels);
        Assert.Equal("endpoint.two-classes", Assert.Throws<BadInputException>(() => EndpointReader.Multiclass(Csv("case_id,e\nA,1\nB,0\n"), "e")).Code);
        var ids = Csv("case_id,e\n" + string.Concat(Enumerable.Range(0, 21).Select(n => $"P{n},{n}\n")));
        Assert.Equal("endpoint.too-many-classes", Assert.Throws<BadInputException>(() => EndpointReader.Multiclass(ids, "e")).Code);
    }

    [Fact]
    public void A_number_that_cannot_be_read_is_listed_and_its_case_has_no_value()
    {
        var volume = EndpointReader.Continuous(Csv("case_id,e\nA,1.5\nB,about 3\nC,\nD,-2\n"), "e");
        Assert.Equal([1.5, -2], volume.Values);
        Assert.Equal(["A", "D"], volume.CaseIds);
        Assert.Equal(["B", "C"], volume.MissingCaseIds);
        Assert.Equal([new UnparseableCell("e", "B", "about 3")], volume.Unreadable);
        Assert.Equal("endpoint.one-value", Assert.Throws<BadInputException>(() => EndpointReader.Continuous(Csv("case_id,e\nA,1\nB,1\n"), "e")).Code);
        Assert.Equal("endpoint.empty", Assert.Throws<BadInputException>(() => EndpointReader.Continuous(Csv("case_id,e\nA,x\nB,\n"), "e")).Code);
    }

    [Fact]
    public void A_survival_time_needs_both_columns_and_is_never_negative()
    {
        const string table = "case_id,days,dead\nA,100,1\nB,0,0\nC,,1\nD,30,NA\nE,-5,0\nF,unknown,1\n";
        var survival = EndpointReader.Survival(Csv(table), "days", "dead");
        Assert.Equal(("dead", "1"), (survival.Name, survival.EventLabel));
        Assert.Equal(["A", "B"], survival.CaseIds);
        Assert.Equal([100, 0], survival.Times);
        Assert.Equal([true, false], survival.Events);
        Assert.Equal(["C", "D", "E", "F"], survival.MissingCaseIds);
        Assert.Equal([new UnparseableCell("days", "F", "unknown"), new UnparseableCell("days", "E", "-5")], survival.Unreadable);
        Assert.Equal([false, true], EndpointReader.Survival(Csv(table), "days", "dead", "0").Events);
        Assert.Equal("endpoint.too-many-classes", Assert.Throws<BadInputException>(() => EndpointReader.Survival(Csv("case_id,t,e\nA,1,0\nB,2,1\nC,3,2\n"), "t", "e")).Code);
        Assert.Equal("endpoint.empty", Assert.Throws<BadInputException>(() => EndpointReader.Survival(Csv("case_id,t,e\nA,1,\nB,,1\nC,,0\n"), "t", "e")).Code);
    }

    [Fact]
    public void Labels_of_competing_events_are_neither_the_event_nor_unreadable()
    {
        const string table = "case_id,t,e\nA,1,0\nB,2,1\nC,3,2\nD,4,3\n";
        var survival = EndpointReader.Survival(Csv(table), "t", "e", competing: ["2", " 3"]);
        Assert.Equal([false, true, false, false], survival.Events);
        Assert.Equal([false, false, true, true], survival.Competing!);
        Assert.Equal("1", survival.EventLabel);
        Assert.Null(EndpointReader.Survival(Csv("case_id,t,e\nA,1,0\nB,2,1\n"), "t", "e").Competing);
        // A label that no case has is no error (another cohort may lack it); one that is misspelt leaves a third label.
        Assert.Equal([false, false], EndpointReader.Survival(Csv("case_id,t,e\nA,1,0\nB,2,1\n"), "t", "e", competing: ["2"]).Competing!);
        Assert.Contains("'competing'", Refused(table, null, ["2"], "endpoint.too-many-classes"), StringComparison.Ordinal);
        // Nobody is censored: which of the labels is the event must be said.
        const string uncensored = "case_id,t,e\nA,1,1\nB,2,2\nC,3,1\n";
        Refused(uncensored, null, ["2"], "endpoint.one-class");
        Assert.Equal([true, false, true], EndpointReader.Survival(Csv(uncensored), "t", "e", "1", ["2"]).Events);
        Refused(uncensored, null, ["1", "2"], "endpoint.one-class");

        static string Refused(string text, string? label, string[] competing, string code)
        {
            var refused = Assert.Throws<BadInputException>(() => EndpointReader.Survival(Csv(text), "t", "e", label, competing));
            Assert.Equal(code, refused.Code);
            return refused.Message;
        }
    }
}
