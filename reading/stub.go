package reading

func (p *page) findTimes() {}
func (p *page) findAgreements() {}
